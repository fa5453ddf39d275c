import type { PublicKeyCredentialRequestOptionsJSON } from '@simplewebauthn/server';
import { SoftwareAuthenticator, type StoredCredential } from '../test/support/software-authenticator';
import { type HttpAnswer, toRequest } from './http-connection';
import { ORIGIN } from './people';

/** How a server under test is asked: the two calls of a sign-in, as bytes. */
export interface Ceremony {
  options(url: URL, username: string, address: string): Buffer;
  /** Signs what `answer` asks for. */
  verify(url: URL, answer: HttpAnswer, passkey: StoredCredential, address: string): Buffer;
}

const authenticator = new SoftwareAuthenticator({ origin: ORIGIN });

const cookieOf = ({ head }: HttpAnswer): string =>
  [...head.matchAll(/^set-cookie: ([^;\r\n]+)/gim)].map(([, pair]) => pair).join('; ');

const browser = (address: string) => ({
  origin: ORIGIN,
  'x-forwarded-for': address,
  'user-agent': 'Mozilla/5.0 (X11; Linux x86_64; rv:145.0) Gecko/20100101 Firefox/145.0',
  accept: 'application/json',
  'accept-encoding': 'gzip, deflate, br, zstd',
});

const PATH = '/api/experience/verification/sign-in-web-authn/authentication';

/** The product, and the floors, which speak alike. */
const experience: Ceremony = {
  options: (url, value, address) =>
    toRequest('POST', url, PATH, { identifier: { type: 'username', value } }, browser(address)),
  verify(url, answer, credential, address) {
    const { verificationId, authenticationOptions } = JSON.parse(answer.body) as {
      verificationId: string;
      authenticationOptions: PublicKeyCredentialRequestOptionsJSON;
    };
    const payload = authenticator.authenticate(authenticationOptions, { credential });
    const headers = { ...browser(address), cookie: cookieOf(answer) };
    return toRequest('POST', url, `${PATH}/verify`, { verificationId, payload }, headers);
  },
};

/** better-auth's options are for discoverable credentials: it looks no user up. Its verify makes a session too. */
const betterAuth: Ceremony = {
  options: (url, _username, address) =>
    toRequest('GET', url, '/api/auth/passkey/generate-authenticate-options', undefined, browser(address)),
  verify(url, answer, credential, address) {
    const options = JSON.parse(answer.body) as PublicKeyCredentialRequestOptionsJSON;
    const response = authenticator.authenticate(options, { credential });
    const headers = { ...browser(address), cookie: cookieOf(answer) };
    return toRequest('POST', url, '/api/auth/passkey/verify-authentication', { response }, headers);
  },
};

export const CEREMONIES = { experience, betterAuth };
