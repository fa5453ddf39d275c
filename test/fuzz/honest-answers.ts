import { randomBytes } from 'node:crypto';
import {
  ATTESTATION_ROOT,
  ORIGIN as VECTOR_ORIGIN,
  registrationResponse,
  RP_ID,
  VECTORS,
  hex,
} from '../conformance/vectors';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { ORIGIN } from '../support/test-server';
import type { AssertionInput, AttestationInput } from './targets';

const ALGORITHMS = [-7, -8, -35, -36, -257];

/** Of the specification's vectors, those whose statement signs all of what it attests. */
const SIGNED_VECTORS = [
  'packed-self-es256',
  'packed-es256',
  'packed-es384',
  'packed-es512',
  'packed-rs256',
  'packed-eddsa',
  'packed-ed448',
  'android-key-es256',
  'apple-es256',
];

export const ROOTS = Object.fromEntries(
  ['packed', 'android-key', 'apple'].map((format) => [format, [ATTESTATION_ROOT]]),
);

const creationOptions = (algorithm: number) => ({
  rp: { id: 'localhost', name: 'Test' },
  user: { id: randomBytes(64).toString('base64url'), name: 'a', displayName: 'a' },
  challenge: randomBytes(32).toString('base64url'),
  pubKeyCredParams: [{ type: 'public-key' as const, alg: algorithm }],
});

/** Registrations that are accepted, and of which nothing may be changed. */
export const honestAttestations = (): AttestationInput[] => [
  ...ALGORITHMS.map((algorithm) => {
    const options = creationOptions(algorithm);
    const authenticator = new SoftwareAuthenticator({ attestation: 'packed-self' });
    const payload = authenticator.register(options);
    return { payload, challenge: options.challenge, rpId: 'localhost', origin: ORIGIN };
  }),
  ...VECTORS.filter(({ name }) => SIGNED_VECTORS.includes(name)).map((vector) => ({
    payload: registrationResponse(vector),
    challenge: hex(vector.registration.challenge).toString('base64url'),
    rpId: RP_ID,
    origin: VECTOR_ORIGIN,
  })),
];

/** Assertions that are accepted, with the authenticator that made each. */
export const honestAssertions = (): (AssertionInput & { authenticator: SoftwareAuthenticator })[] =>
  ALGORITHMS.map((algorithm) => {
    const authenticator = new SoftwareAuthenticator();
    authenticator.register(creationOptions(algorithm));
    const [credential] = authenticator.credentials;
    const challenge = randomBytes(32).toString('base64url');
    const payload = authenticator.authenticate({ rpId: 'localhost', challenge });
    return {
      authenticator,
      payload,
      challenge,
      publicKey: credential!.coseKey.toString('base64url'),
      userHandle: credential!.userHandle,
    };
  });
