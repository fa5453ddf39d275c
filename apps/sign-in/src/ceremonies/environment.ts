import { browserSupportsWebAuthn } from '@simplewebauthn/browser';

/** A reason why no passkey can be used here, whatever the person does. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';
}

/** @throws UnsupportedError on an insecure origin, or in a browser without WebAuthn */
export function requireWebAuthn(): void {
  if (!isSecureContext) {
    throw new UnsupportedError('Passkeys need a secure page: open this one over https, or on localhost.');
  }
  if (!browserSupportsWebAuthn()) {
    throw new UnsupportedError('This browser can not use passkeys. Update it, or use another one.');
  }
}
