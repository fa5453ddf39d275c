/* The calls of passkey-calls.mjs, with an authenticator in software in place of a phone's. */
import testing from 'nestjs-passkey-sign-in/testing';
import { passkeyCalls } from './passkey-calls.mjs';

const { URL: url = 'http://localhost:3000' } = process.env;
const authenticator = new testing.SoftwareAuthenticator();
const cookies = new Map();

const app = passkeyCalls({
  url,
  origin: authenticator.origin,
  passkeys: {
    create: (options) => authenticator.register(options),
    get: (options) => authenticator.authenticate(options),
  },
  // What a phone does by itself.
  fetch: async (address, init) => {
    const cookie = [...cookies].map((pair) => pair.join('=')).join('; ');
    const response = await fetch(address, { ...init, headers: { ...init.headers, cookie } });
    for (const set of response.headers.getSetCookie()) {
      const [name, value] = set.split(';')[0].split('=');
      cookies.set(name, value);
    }
    return response;
  },
});

const value = `phone-${Date.now()}`;
await app.signUp({ type: 'username', value });
await app.signOut();
await app.signIn();
console.log(`Signed in as ${(await app.account()).username}`);
