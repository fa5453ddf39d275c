import { createHash, createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';

/** Names of the TPM library's constants (TPM 2.0, part 2). */
const TPM_ALG = { RSA: 0x0001, NULL: 0x0010, ECC: 0x0023 } as const;
const HASHES: Readonly<Record<number, string | undefined>> = {
  0x04: 'sha1',
  0x0b: 'sha256',
  0x0c: 'sha384',
  0x0d: 'sha512',
};
const CURVES: Readonly<Record<number, string | undefined>> = { 3: 'P-256', 4: 'P-384', 5: 'P-521' };
const TPM_GENERATED = 0xff544347;
const TPM_ST_ATTEST_CERTIFY = 0x8017;

const DEFAULT_EXPONENT = 65_537;
/** Clock, reset and restart counts, whether the clock is safe. */
const CLOCK_BYTES = 17;
const FIRMWARE_BYTES = 8;

/** What a TPM says of a key (TPMT_PUBLIC). */
export interface PublicArea {
  key: KeyObject;
  /** Whether its name is a SHA-1, as older TPMs make it. */
  usesSha1: boolean;
  /** Its name: the hash algorithm and the hash. */
  name: Buffer;
}

/** @throws Error when it can't be read */
export function readPublicArea(bytes: Buffer): PublicArea {
  const read = new Reader(bytes);
  const type = read.uint16();
  const nameAlgorithm = read.uint16();
  const hash = HASHES[nameAlgorithm];
  if (!hash) throw new Error(`the TPM hash ${nameAlgorithm} is not known`);
  read.skip(4);
  read.sized();
  const jwk = type === TPM_ALG.RSA ? readRsa(read) : type === TPM_ALG.ECC ? readEcc(read) : null;
  if (!jwk) throw new Error(`the TPM key type ${type} is not known`);
  const name = Buffer.alloc(2);
  name.writeUInt16BE(nameAlgorithm);
  return {
    key: createPublicKey({ key: jwk, format: 'jwk' }),
    usesSha1: hash === 'sha1',
    name: Buffer.concat([name, createHash(hash).update(bytes).digest()]),
  };
}

function readRsa(read: Reader): JsonWebKey {
  readKeySchemes(read);
  read.skip(2);
  const exponent = Buffer.alloc(4);
  exponent.writeUInt32BE(read.uint32() || DEFAULT_EXPONENT);
  return { kty: 'RSA', n: read.sized().toString('base64url'), e: exponent.toString('base64url') };
}

/** How the key encrypts (size and mode of the cipher follow) and signs (a hash follows). */
function readKeySchemes(read: Reader): void {
  readScheme(read, 4);
  readScheme(read, 2);
}

/** @param further bytes that follow, unless it is none */
function readScheme(read: Reader, further: number): void {
  if (read.uint16() !== TPM_ALG.NULL) read.skip(further);
}

function readEcc(read: Reader): JsonWebKey {
  readKeySchemes(read);
  const id = read.uint16();
  const crv = CURVES[id];
  if (!crv) throw new Error(`the TPM curve ${id} is not known`);
  readScheme(read, 2);
  return { kty: 'EC', crv, x: read.sized().toString('base64url'), y: read.sized().toString('base64url') };
}

/** What a TPM certifies (TPMS_ATTEST). */
export interface CertInfo {
  extraData: Buffer;
  /** Of the certified key's public area. */
  name: Buffer;
}

/** @throws Error when it can't be read, or is of another kind */
export function readCertInfo(bytes: Buffer): CertInfo {
  const read = new Reader(bytes);
  if (read.uint32() !== TPM_GENERATED) throw new Error('the TPM has not made what it signs');
  if (read.uint16() !== TPM_ST_ATTEST_CERTIFY) throw new Error('the TPM does not certify a key');
  read.sized();
  const extraData = read.sized();
  read.skip(CLOCK_BYTES + FIRMWARE_BYTES);
  return { extraData, name: read.sized() };
}

class Reader {
  private at = 0;

  constructor(private readonly bytes: Buffer) {}

  uint16(): number {
    return this.take(2).readUInt16BE();
  }

  uint32(): number {
    return this.take(4).readUInt32BE();
  }

  skip(length: number): void {
    this.take(length);
  }

  /** Bytes with their length before them (TPM2B). */
  sized(): Buffer {
    return this.take(this.uint16());
  }

  private take(length: number): Buffer {
    if (this.at + length > this.bytes.length) throw new Error('the TPM structure ends too soon');
    return this.bytes.subarray(this.at, (this.at += length));
  }
}
