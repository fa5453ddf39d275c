import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';

/** What another implementation recorded or made; bytes in base64url. */
export interface PeerInput {
  rpId: string;
  origin: string;
  challenge: string;
  policy?: object;
  metadata?: Record<string, unknown>;
  payload: RegistrationResponseJSON;
}

export const peerInput = (name: string): PeerInput =>
  JSON.parse(readFileSync(join(__dirname, 'peer-inputs', `${name}.json`), 'utf8')) as PeerInput;
