import { type PublicKey, readCoseKey } from '../webauthn/cose-key';

/** Keys of so many passkeys are kept: a few MB. */
const LIMIT = 4096;

/**
 * Public keys, imported once. A key is found by the id of its credential record and by its bytes both, so that
 * none outlives a change of the record: what is asked for is always the key that the database holds now.
 */
export class ImportedPublicKeys {
  /** Least recently used first. */
  private readonly kept = new Map<string, PublicKey & { cose: Buffer }>();

  constructor(private readonly limit = LIMIT) {}

  get size(): number {
    return this.kept.size;
  }

  /** Null when `cose` is no COSE_Key of an algorithm that is known. */
  find(credentialRecordId: string, cose: Buffer): PublicKey | null {
    let found = this.kept.get(credentialRecordId);
    this.kept.delete(credentialRecordId);
    if (!found?.cose.equals(cose)) {
      const imported = importKey(cose);
      if (!imported) return null;
      // A copy: the driver's buffers are slices of what it has received, which would be kept whole.
      found = { cose: Buffer.from(cose), ...imported };
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

function importKey(cose: Buffer): PublicKey | null {
  try {
    return readCoseKey(cose);
  } catch {
    return null;
  }
}
