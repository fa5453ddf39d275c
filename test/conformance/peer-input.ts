import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import type { AssertionInput } from '../fuzz/targets';

/** What another implementation recorded or made; bytes in base64url. */
export interface PeerInput {
  rpId: string;
  origin: string;
  challenge: string;
  policy?: object;
  metadata?: Record<string, unknown>;
  payload: RegistrationResponseJSON;
}

const read = (name: string): unknown =>
  JSON.parse(readFileSync(join(__dirname, 'peer-inputs', `${name}.json`), 'utf8'));

export const peerInput = (name: string): PeerInput => read(name) as PeerInput;

export const peerAssertion = (name: string): AssertionInput => read(name) as AssertionInput;

/** A call that another implementation answered wrongly. */
export const peerCall = (name: string): { call: string } => read(name) as { call: string };
