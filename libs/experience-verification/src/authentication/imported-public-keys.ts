import type { KeyObject } from 'node:crypto';
import { importCoseKey } from '../webauthn/cose-key';

/** Keys of so many passkeys are kept: a few MB. */
const LIMIT = 4096;

const HASH_OF_CURVE: Partial<Record<string, string>> = {
  prime256v1: 'sha256',
  secp384r1: 'sha384',
  secp521r1: 'sha512',
};

/** A public key, and what its algorithm hashes with; EdDSA takes the data as it is. */
export interface ImportedKey {
  key: KeyObject;
  hash: string | null;
}

function importKey(cose: Buffer): ImportedKey {
  const key = importCoseKey(cose);
  if (key.asymmetricKeyType === 'rsa') return { key, hash: 'sha256' };
  return { key, hash: HASH_OF_CURVE[key.asymmetricKeyDetails?.namedCurve ?? ''] ?? null };
}

/**
 * Public keys, imported once. A key is found by the id of its credential record and by its bytes both, so that
 * none outlives a change of the record: what is asked for is always the key that the database holds now.
 */
export class ImportedPublicKeys {
  /** Least recently used first. */
  private readonly kept = new Map<string, ImportedKey & { cose: Buffer }>();

  constructor(private readonly limit = LIMIT) {}

  get size(): number {
    return this.kept.size;
  }

  /** @throws Error when `cose` is no COSE_Key of an algorithm that is supported */
  get(credentialRecordId: string, cose: Buffer): ImportedKey {
    let found = this.kept.get(credentialRecordId);
    this.kept.delete(credentialRecordId);
    if (!found?.cose.equals(cose)) {
      // A copy: the driver's buffers are slices of what it has received, which would be kept whole.
      found = { cose: Buffer.from(cose), ...importKey(cose) };
    }
    this.kept.set(credentialRecordId, found);
    if (this.kept.size > this.limit) this.forgetOldest();
    return found;
  }

  private forgetOldest(): void {
    for (const id of this.kept.keys()) {
      this.kept.delete(id);
      return;
    }
  }
}
