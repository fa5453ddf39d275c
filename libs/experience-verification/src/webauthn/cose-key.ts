import { createPublicKey, type JsonWebKey, type KeyObject } from 'node:crypto';
import { decodeCredentialPublicKey, isoCBOR } from '@simplewebauthn/server/helpers';

/** How a key type and algorithm of COSE (RFC 9053, RFC 8230) is written as a JSON Web Key (RFC 7517). */
interface KeyForm {
  alg: number;
  kty: 'OKP' | 'EC' | 'RSA';
  crv?: string;
}

const COSE_KTY = { OKP: 1, EC: 2, RSA: 3 } as const;
const COSE_CRV: Record<string, number> = { 'P-256': 1, 'P-384': 2, 'P-521': 3, Ed25519: 6, Ed448: 7 };

/** Algorithms whose keys can be brought from elsewhere: ES256, ES384, ES512, EdDSA, RS256, and Ed448's own. */
const KEY_FORMS: KeyForm[] = [
  { alg: -7, kty: 'EC', crv: 'P-256' },
  { alg: -35, kty: 'EC', crv: 'P-384' },
  { alg: -36, kty: 'EC', crv: 'P-521' },
  { alg: -8, kty: 'OKP', crv: 'Ed25519' },
  { alg: -53, kty: 'OKP', crv: 'Ed448' },
  { alg: -257, kty: 'RSA' },
];

const bytes = (text = '') => new Uint8Array(Buffer.from(text, 'base64url'));
const text = (value: unknown) => Buffer.from(value as Uint8Array).toString('base64url');

/**
 * The public key of a COSE_Key.
 * @throws Error when it is none, or of an algorithm that is not supported
 */
export function importCoseKey(cose: Buffer): KeyObject {
  const key = decodeCredentialPublicKey(new Uint8Array(cose)) as Map<number, unknown>;
  const form = KEY_FORMS.find(
    ({ alg, kty, crv }) =>
      key.get(3) === alg && key.get(1) === COSE_KTY[kty] && (!crv || key.get(-1) === COSE_CRV[crv]),
  );
  if (!form) throw new Error('the COSE key is of no supported algorithm');
  const { kty, crv } = form;
  const members =
    kty === 'RSA'
      ? { n: text(key.get(-1)), e: text(key.get(-2)) }
      : { crv, x: text(key.get(-2)), ...(kty === 'EC' && { y: text(key.get(-3)) }) };
  return createPublicKey({ key: { kty, ...members } as JsonWebKey, format: 'jwk' });
}

/**
 * The COSE_Key of a SubjectPublicKeyInfo (DER), in the canonical order of CTAP2.
 * @throws Error when it is none, or of a kind that is not supported
 */
export function spkiToCose(spki: Buffer): Buffer {
  const jwk = createPublicKey({ key: spki, format: 'der', type: 'spki' }).export({ format: 'jwk' });
  const form = KEY_FORMS.find(({ kty, crv }) => kty === jwk.kty && crv === jwk.crv);
  if (!form) throw new Error('the public key is of no supported kind');
  const { alg, kty, crv } = form;
  const members: [number, number | Uint8Array<ArrayBuffer>][] = [
    [1, COSE_KTY[kty]],
    [3, alg],
  ];
  if (kty === 'RSA') members.push([-1, bytes(jwk.n)], [-2, bytes(jwk.e)]);
  else members.push([-1, COSE_CRV[crv ?? ''] ?? 0], [-2, bytes(jwk.x)]);
  if (kty === 'EC') members.push([-3, bytes(jwk.y)]);
  return Buffer.from(isoCBOR.encode(new Map(members)));
}
