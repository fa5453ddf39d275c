import { constants, createPublicKey, type JsonWebKey } from 'node:crypto';

/** A curve as JSON Web Keys (RFC 7518, RFC 8037, RFC 8812) and COSE (RFC 9053, RFC 8812) name it. */
interface Curve {
  jwk: string;
  cose: number;
}

const P_256: Curve = { jwk: 'P-256', cose: 1 };
const P_384: Curve = { jwk: 'P-384', cose: 2 };
const P_521: Curve = { jwk: 'P-521', cose: 3 };
const ED25519: Curve = { jwk: 'Ed25519', cose: 6 };
const ED448: Curve = { jwk: 'Ed448', cose: 7 };
const SECP256K1: Curve = { jwk: 'secp256k1', cose: 8 };

type Hash = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** A signature algorithm: what its keys are, and how node:crypto verifies with one. */
export interface CoseAlgorithm {
  /** COSE algorithm identifier (IANA, COSE Algorithms). */
  id: number;
  name: string;
  /** As a JSON Web Key has it. */
  kty: 'OKP' | 'EC' | 'RSA' | 'AKP';
  /** Null: of RSA and ML-DSA. */
  curve: Curve | null;
  /** Null: the algorithm takes the data as it is. */
  hash: Hash | null;
  /** Of RSA. */
  padding?: { padding: number; saltLength?: number };
  /** Bytes of a public key, where the runtime's OpenSSL may not have the algorithm. */
  publicKeyLength?: number;
  /** Of attestation statements only, and where a policy names it. */
  attestationOnly?: true;
  /**
   * Another identifier without which no key of this row is registered: section 5.8.5 has keys of EdDSA on Ed25519 alone, so
   * that those on Ed448 are for who asks for Ed448 by its name.
   */
  askedWith?: number;
}

const ecdsa = (id: number, name: string, curve: Curve, hash: Hash): CoseAlgorithm => ({
  id,
  name,
  kty: 'EC',
  curve,
  hash,
});

const eddsa = (id: number, name: string, curve: Curve): CoseAlgorithm => ({
  id,
  name,
  kty: 'OKP',
  curve,
  hash: null,
});

const PKCS1 = { padding: constants.RSA_PKCS1_PADDING };
/** RFC 8230, section 2: the salt is as long as the hash. */
const PSS = { padding: constants.RSA_PKCS1_PSS_PADDING, saltLength: constants.RSA_PSS_SALTLEN_DIGEST };

const rsa = (id: number, name: string, padding: CoseAlgorithm['padding'], hash: Hash): CoseAlgorithm => ({
  id,
  name,
  kty: 'RSA',
  curve: null,
  hash,
  padding,
});

/** ML-DSA of FIPS 204. */
const mlDsa = (id: number, name: string, publicKeyLength: number): CoseAlgorithm => ({
  id,
  name,
  kty: 'AKP',
  curve: null,
  hash: null,
  publicKeyLength,
});

/** What older TPMs sign attestations with. */
export const RS1: CoseAlgorithm = { ...rsa(-65535, 'RS1', PKCS1, 'sha1'), attestationOnly: true };

/**
 * Every algorithm that is known: policies, key import, SubjectPublicKeyInfo, `pubKeyCredParams` and the verification
 * of signatures all come from here, so that a new one is one row. A key that does not tell its algorithm, as a
 * SubjectPublicKeyInfo, is taken for the first row that it fits.
 */
export const COSE_ALGORITHMS: readonly CoseAlgorithm[] = [
  ecdsa(-7, 'ES256', P_256, 'sha256'),
  ecdsa(-35, 'ES384', P_384, 'sha384'),
  ecdsa(-36, 'ES512', P_521, 'sha512'),
  eddsa(-8, 'EdDSA', ED25519),
  eddsa(-53, 'Ed448', ED448),
  rsa(-257, 'RS256', PKCS1, 'sha256'),
  rsa(-258, 'RS384', PKCS1, 'sha384'),
  rsa(-259, 'RS512', PKCS1, 'sha512'),
  rsa(-37, 'PS256', PSS, 'sha256'),
  rsa(-38, 'PS384', PSS, 'sha384'),
  rsa(-39, 'PS512', PSS, 'sha512'),
  ecdsa(-9, 'ESP256', P_256, 'sha256'),
  ecdsa(-51, 'ESP384', P_384, 'sha384'),
  ecdsa(-52, 'ESP512', P_521, 'sha512'),
  eddsa(-19, 'Ed25519', ED25519),
  ecdsa(-47, 'ES256K', SECP256K1, 'sha256'),
  { ...eddsa(-8, 'EdDSA', ED448), askedWith: -53 },
  mlDsa(-48, 'ML-DSA-44', 1312),
  mlDsa(-49, 'ML-DSA-65', 1952),
  mlDsa(-50, 'ML-DSA-87', 2592),
  RS1,
];

/** The parts of a JSON Web Key that say of which algorithm it is (RFC 7517). */
export const jwkOf = ({ kty, curve, name }: CoseAlgorithm): JsonWebKey => {
  if (kty === 'AKP') return { kty, alg: name };
  return curve ? { kty, crv: curve.jwk } : { kty };
};

/** ML-DSA is in OpenSSL from 3.5 on, with which Node.js comes from 24 on. */
const isHere = (algorithm: CoseAlgorithm): boolean => {
  if (algorithm.publicKeyLength === undefined) return true;
  const pub = Buffer.alloc(algorithm.publicKeyLength).toString('base64url');
  try {
    createPublicKey({ key: { ...jwkOf(algorithm), pub }, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
};

/** What a policy may list: the first row of each identifier, where the runtime can verify it. */
export const NAMED_ALGORITHMS = COSE_ALGORITHMS.filter((one) => !one.askedWith && isHere(one));

const BY_ID = new Map(NAMED_ALGORITHMS.map((one) => [one.id, one]));

/** The algorithm that a policy may ask for by this identifier. */
export const coseAlgorithm = (id: number): CoseAlgorithm | undefined => BY_ID.get(id);

/** Those of credentials: what options ask for of the algorithms that a policy lists. */
export const credentialAlgorithms = (ids: readonly number[]): number[] =>
  ids.filter((id) => coseAlgorithm(id)?.attestationOnly !== true);

/** Why a policy can't list the identifier, with all that it can; undefined: it can. */
export function whyNotNamed(id: number): string | undefined {
  if (BY_ID.has(id)) return undefined;
  const known = NAMED_ALGORITHMS.map((one) => `${one.name} (${one.id})`).join(', ');
  const missing = COSE_ALGORITHMS.find((one) => one.id === id);
  const problem = missing
    ? `${missing.name} (${id}) needs OpenSSL 3.5, as in Node.js 24; this one has ${process.versions.openssl}`
    : `${id} is not known`;
  return `${problem}; known are ${known}`;
}
