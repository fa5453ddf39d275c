import { constants } from 'node:crypto';

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

type Hash = 'sha256' | 'sha384' | 'sha512';

/** A signature algorithm: what its keys are, and how node:crypto verifies with one. */
export interface CoseAlgorithm {
  /** COSE algorithm identifier (IANA, COSE Algorithms). */
  id: number;
  name: string;
  /** As a JSON Web Key has it. */
  kty: 'OKP' | 'EC' | 'RSA';
  /** Null: of RSA. */
  curve: Curve | null;
  /** Null: the algorithm takes the data as it is. */
  hash: Hash | null;
  /** Of RSA. */
  padding?: { padding: number; saltLength?: number };
  /** Of keys that were brought from elsewhere only: section 5.8.5 lets nobody register one. */
  importedOnly?: true;
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
  { ...eddsa(-8, 'EdDSA', ED448), importedOnly: true },
];

const BY_ID = new Map(
  COSE_ALGORITHMS.filter(({ importedOnly }) => !importedOnly).map((one) => [one.id, one]),
);

/** The algorithm that a registration may ask for by this identifier. */
export const coseAlgorithm = (id: number): CoseAlgorithm | undefined => BY_ID.get(id);

/** What a policy may list, for people: `ES256 (-7), ES384 (-35), ...`. */
export const KNOWN_ALGORITHMS = [...BY_ID.values()].map(({ id, name }) => `${name} (${id})`).join(', ');
