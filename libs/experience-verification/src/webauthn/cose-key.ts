import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { decodeCredentialPublicKey, isoCBOR } from '@simplewebauthn/server/helpers';
import { COSE_ALGORITHMS, type CoseAlgorithm, jwkOf } from './cose-algorithms';

/** Labels of a COSE_Key (RFC 9052, section 7.1; RFC 9053, section 7; RFC 8230, section 4; ML-DSA for JOSE and COSE, section 3). */
const LABEL = { kty: 1, alg: 3, crv: -1, x: -2, y: -3, n: -1, e: -2, pub: -1 } as const;

const KTY = { OKP: 1, EC: 2, RSA: 3, AKP: 7 } as const;

/** What RFC 8230 asks for, and what can be verified at each sign-in without anybody noticing. */
const MIN_RSA_BITS = 2048;
const MAX_RSA_BITS = 8192;

/** A public key with the algorithm that its COSE_Key names. */
export interface PublicKey {
  key: KeyObject;
  algorithm: CoseAlgorithm;
}

type Members = Map<number, unknown>;

const bytes = (text = '') => new Uint8Array(Buffer.from(text, 'base64url'));
const text = (value: unknown) => Buffer.from(value as Uint8Array).toString('base64url');

const decode = (cose: Uint8Array): Members =>
  decodeCredentialPublicKey(new Uint8Array(cose)) as unknown as Members;

/** @throws Error when it is an RSA key of too few or too many bits */
export function assertKeySize({ asymmetricKeyDetails }: KeyObject): void {
  const bits = asymmetricKeyDetails?.modulusLength;
  if (bits !== undefined && (bits < MIN_RSA_BITS || bits > MAX_RSA_BITS)) {
    throw new Error(`the RSA key has ${bits} bits, ${MIN_RSA_BITS} to ${MAX_RSA_BITS} are allowed`);
  }
}

/** The algorithm that a COSE_Key names, whether it is known or not. */
export const algorithmOfCoseKey = (cose: Uint8Array): unknown => decode(cose).get(LABEL.alg);

/**
 * Reads a COSE_Key (WebAuthn Level 3, section 5.8.5: the key type and curve are those of the algorithm).
 * @throws Error when it is none, or of an algorithm that is not supported
 */
export function readCoseKey(cose: Uint8Array): PublicKey {
  const members = decode(cose);
  const algorithm = COSE_ALGORITHMS.find(
    ({ id, kty, curve, attestationOnly }) =>
      !attestationOnly &&
      members.get(LABEL.alg) === id &&
      members.get(LABEL.kty) === KTY[kty] &&
      (!curve || members.get(LABEL.crv) === curve.cose),
  );
  if (!algorithm) throw new Error('the COSE key is of no supported algorithm');
  return { key: createPublicKey({ key: toJwk(algorithm, members), format: 'jwk' }), algorithm };
}

function toJwk(algorithm: CoseAlgorithm, members: Members): JsonWebKey {
  const jwk = jwkOf(algorithm);
  const of = (label: number) => text(members.get(label));
  switch (algorithm.kty) {
    case 'RSA':
      return { ...jwk, n: of(LABEL.n), e: of(LABEL.e) };
    case 'EC':
      return { ...jwk, x: of(LABEL.x), y: of(LABEL.y) };
    case 'OKP':
      return { ...jwk, x: of(LABEL.x) };
    case 'AKP':
      return { ...jwk, pub: of(LABEL.pub) };
  }
}

/**
 * The COSE_Key of a SubjectPublicKeyInfo (DER), in the canonical order of CTAP2.
 * @throws Error when it is none, or of a kind that is not supported
 */
export function spkiToCose(spki: Buffer): Buffer {
  const jwk = createPublicKey({ key: spki, format: 'der', type: 'spki' }).export({ format: 'jwk' });
  const algorithm = COSE_ALGORITHMS.find((one) => isKeyOf(jwk, one));
  if (!algorithm) throw new Error('the public key is of no supported kind');
  return toCoseKey(algorithm, jwk);
}

/** Whether the key is of the kind that the algorithm has. */
export const isKeyOf = (jwk: JsonWebKey, algorithm: CoseAlgorithm): boolean =>
  Object.entries(jwkOf(algorithm)).every(([name, value]) => jwk[name] === value);

/** The COSE_Key of a JSON Web Key of this algorithm, in the canonical order of CTAP2. */
export function toCoseKey({ id, kty, curve }: CoseAlgorithm, jwk: JsonWebKey): Buffer {
  const members: [number, number | Uint8Array<ArrayBuffer>][] = [
    [LABEL.kty, KTY[kty]],
    [LABEL.alg, id],
  ];
  if (curve) members.push([LABEL.crv, curve.cose], [LABEL.x, bytes(jwk.x)]);
  else if (kty === 'AKP') members.push([LABEL.pub, bytes(String(jwk['pub']))]);
  else members.push([LABEL.n, bytes(jwk.n)], [LABEL.e, bytes(jwk.e)]);
  if (kty === 'EC') members.push([LABEL.y, bytes(jwk.y)]);
  return Buffer.from(isoCBOR.encode(new Map(members)));
}
