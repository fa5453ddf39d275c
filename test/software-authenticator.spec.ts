import {
  generateAuthenticationOptions,
  generateRegistrationOptions,
  verifyAuthenticationResponse,
  verifyRegistrationResponse,
} from '@simplewebauthn/server';
import { SUPPORTED_ALGORITHMS } from './support/credential-key';
import { SoftwareAuthenticator } from './support/software-authenticator';

/** Ed448 the library does not verify. */
const KNOWN_TO_THE_LIBRARY = SUPPORTED_ALGORITHMS.filter((algorithm) => algorithm !== -53);

const EXPECTED = { expectedOrigin: 'http://localhost:3000', expectedRPID: 'localhost' };

describe('the software authenticator, as an independent library sees it', () => {
  describe.each(KNOWN_TO_THE_LIBRARY)('with COSE algorithm %d', (algorithm) => {
    it.each(['none', 'packed-self'] as const)(
      'registers with attestation %s, and signs in',
      async (attestation) => {
        const authenticator = new SoftwareAuthenticator({
          algorithms: [algorithm],
          attestation,
          counter: 'increment',
          backedUp: false,
        });
        const creation = await generateRegistrationOptions({
          rpID: 'localhost',
          rpName: 'Test',
          userName: 'alice',
          supportedAlgorithmIDs: [algorithm],
        });
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
      },
    );
  });
});
