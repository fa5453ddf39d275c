import { randomBytes } from 'node:crypto';
import { spkiToCose } from '../webauthn/cose-key';
import { makeKeyPair } from '../webauthn/key-pair';
import { NOBODY } from '../ports/user-directory.port';
import type { KnownCredential } from '../records/verification-record.repository';
import type { Base64Url } from '../webauthn/webauthn-types';

/** Nobody has the private key: it is gone once this is loaded. */
const { publicKey } = makeKeyPair('ec', { namedCurve: 'P-256' });
const coseKey = spkiToCose(publicKey.export({ format: 'der', type: 'spki' }));
const userHandle = randomBytes(64);

/**
 * Stands for a credential that is not known where accounts are kept secret: an assertion of it takes the steps, and
 * the time, that a forged one of a synced passkey takes, and is refused by the signature at the latest.
 */
export const decoyCredential = (id: Base64Url): KnownCredential => ({
  // Its key is imported once for each ID, as that of a real passkey is.
  id: `decoy ${id.slice(0, 64)}`,
  userId: NOBODY,
  tenant: null,
  userHandle,
  suspended: false,
  publicKey: coseKey,
  signCount: 0,
  backupEligible: true,
  attestedModel: null,
  offered: true,
});
