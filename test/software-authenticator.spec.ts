import { createHash, createPublicKey, type KeyObject, verify } from 'node:crypto';
import { type CBORType, decodeCBOR } from '@levischuck/tiny-cbor';
import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { SUPPORTED_ALGORITHMS } from './support/credential-key';
import { SoftwareAuthenticator } from './support/software-authenticator';

/**
 * What the library does not verify, but node:crypto does: key type, COSE and JWK curve, and hash, as RFC 9864, RFC 9053
 * and RFC 8812 have them.
 */
const UNKNOWN_TO_THE_LIBRARY = new Map<number, [kty: 1 | 2, crv: number, curve: string, hash: string | null]>(
  [
    [-9, [2, 1, 'P-256', 'sha256']],
    [-51, [2, 2, 'P-384', 'sha384']],
    [-52, [2, 3, 'P-521', 'sha512']],
    [-19, [1, 6, 'Ed25519', null]],
    [-53, [1, 7, 'Ed448', null]],
    [-47, [2, 8, 'secp256k1', 'sha256']],
  ],
);
const KNOWN_TO_THE_LIBRARY = SUPPORTED_ALGORITHMS.filter(
  // ML-DSA, where the runtime has it, is in the differential test.
  (algorithm) => !UNKNOWN_TO_THE_LIBRARY.has(algorithm) && ![-48, -49, -50].includes(algorithm),
);

const EXPECTED = { expectedOrigin: 'http://localhost:3000', expectedRPID: 'localhost' };
const ATTESTATIONS = ['none', 'packed-self'] as const;

const authenticatorWith = (algorithm: number, attestation: (typeof ATTESTATIONS)[number]) =>
  new SoftwareAuthenticator({
    algorithms: [algorithm],
    attestation,
    counter: 'increment',
    backedUp: false,
  });

const creationOptions = (algorithm: number) =>
  generateRegistrationOptions({
    rpID: 'localhost',
    rpName: 'Test',
    userName: 'alice',
    supportedAlgorithmIDs: [algorithm],
  });

describe('the software authenticator, as an independent library sees it', () => {
  describe.each(KNOWN_TO_THE_LIBRARY)('with COSE algorithm %d', (algorithm) => {
    it.each(ATTESTATIONS)('registers with attestation %s, and signs in', async (attestation) => {
      const authenticator = authenticatorWith(algorithm, attestation);
      const creation = await creationOptions(algorithm);
      const registration = await verifyRegistrationResponse({
        ...EXPECTED,
        response: authenticator.register(creation),
        expectedChallenge: creation.challenge,
        supportedAlgorithmIDs: [algorithm],
      });
      expect(registration).toMatchObject({
        verified: true,
        registrationInfo: {
          fmt: attestation === 'none' ? 'none' : 'packed',
          credentialDeviceType: 'multiDevice',
          credentialBackedUp: false,
          userVerified: true,
        },
      });
      const request = await generateAuthenticationOptions({ rpID: 'localhost' });
      const response = authenticator.authenticate(request);
      const authentication = await verifyAuthenticationResponse({
        ...EXPECTED,
        response,
        expectedChallenge: request.challenge,
        credential: registration.registrationInfo!.credential,
      });
      expect(authentication).toMatchObject({ verified: true, authenticationInfo: { newCounter: 1 } });
      expect(response.response.userHandle).toBe(creation.user.id);
    });
  });
});

const bytes = (base64url: string) => Buffer.from(base64url, 'base64url');
type CborMap = Map<string | number, CBORType>;
const decode = (cbor: Uint8Array) => decodeCBOR(new Uint8Array(cbor)) as CborMap;
const bytesOf = (map: CborMap, label: string | number) => Buffer.from(map.get(label) as Uint8Array);
const withClientData = (authData: Buffer, clientDataJSON: string) =>
  Buffer.concat([authData, createHash('sha256').update(bytes(clientDataJSON)).digest()]);

/** Attested credential data (WebAuthn Level 3, section 6.5.1) to its end: there are no extensions. */
function keyOf(authData: Buffer, algorithm: number): KeyObject {
  const [kty, crv, curve] = UNKNOWN_TO_THE_LIBRARY.get(algorithm)!;
  const key = decode(authData.subarray(55 + authData.readUInt16BE(53)));
  expect([1, 3, -1].map((label) => key.get(label))).toEqual([kty, algorithm, crv]);
  const coordinate = (label: number) => bytesOf(key, label).toString('base64url');
  return createPublicKey({
    format: 'jwk',
    key: {
      kty: kty === 1 ? 'OKP' : 'EC',
      crv: curve,
      x: coordinate(-2),
      ...(kty === 2 && { y: coordinate(-3) }),
    },
  });
}

describe('the software authenticator, as node:crypto sees it', () => {
  describe.each([...UNKNOWN_TO_THE_LIBRARY.keys()])('with COSE algorithm %d', (algorithm) => {
    const isSigned = (data: Buffer, key: KeyObject, signature: Uint8Array) =>
      verify(UNKNOWN_TO_THE_LIBRARY.get(algorithm)![3], data, key, signature);

    it.each(ATTESTATIONS)('registers with attestation %s, and signs in', async (attestation) => {
      expect(SUPPORTED_ALGORITHMS).toContain(algorithm);
      const authenticator = authenticatorWith(algorithm, attestation);
      const creation = await creationOptions(algorithm);
      const { response } = authenticator.register(creation);
      const object = decode(bytes(response.attestationObject));
      const authData = bytesOf(object, 'authData');
      const key = keyOf(authData, algorithm);
      expect(object.get('fmt')).toBe(attestation === 'none' ? 'none' : 'packed');
      const statement = object.get('attStmt') as CborMap;
      expect([...statement.keys()]).toEqual(attestation === 'none' ? [] : ['alg', 'sig']);
      if (attestation === 'packed-self') {
        expect(statement.get('alg')).toBe(algorithm);
        const signed = withClientData(authData, response.clientDataJSON);
        expect(isSigned(signed, key, bytesOf(statement, 'sig'))).toBe(true);
      }
      const request = await generateAuthenticationOptions({ rpID: 'localhost' });
      const { response: assertion } = authenticator.authenticate(request);
      const assertedData = bytes(assertion.authenticatorData);
      // RP ID hash; user present and verified, backup eligible; a counter of 1.
      const head = [createHash('sha256').update('localhost').digest('hex'), '0d', '00000001'].join('');
      expect(assertedData.toString('hex')).toBe(head);
      const signed = withClientData(assertedData, assertion.clientDataJSON);
      expect(isSigned(signed, key, bytes(assertion.signature))).toBe(true);
      expect(JSON.parse(bytes(assertion.clientDataJSON).toString())).toMatchObject({
        type: 'webauthn.get',
        challenge: request.challenge,
        origin: EXPECTED.expectedOrigin,
      });
      expect(assertion.userHandle).toBe(creation.user.id);
    });
  });
});
