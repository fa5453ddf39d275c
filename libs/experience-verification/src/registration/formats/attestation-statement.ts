import { readJws } from '../../trust/certificates/certified-jws';
import type { Certificate } from '../../trust/certificates/certificate';
import { readCertificates } from '../../trust/certificates/received-certificates';

/** An attestation statement (WebAuthn Level 3, section 6.5.4), nothing of which is checked yet. */
export class AttestationStatement {
  private received?: Certificate[];

  constructor(
    /** As it came: any value. */
    readonly format: unknown,
    private readonly members: ReadonlyMap<unknown, unknown>,
  ) {}

  get size(): number {
    return this.members.size;
  }

  has(name: string): boolean {
    return this.members.has(name);
  }

  get(name: string): unknown {
    return this.members.get(name);
  }

  /** @throws Error when the member is no byte string, or an empty one */
  bytes(name: string): Buffer {
    const value = this.get(name);
    if (!(value instanceof Uint8Array) || value.length === 0) {
      throw new Error(`the "${name}" of the attestation statement is not bytes`);
    }
    return Buffer.from(value.buffer, value.byteOffset, value.byteLength);
  }

  /** Empty where the format has none, as a self attestation. */
  get certificates(): readonly Certificate[] {
    return (this.received ??= readCertificates(this.certificatesAsTheyCame()));
  }

  /**
   * The certificate whose key has signed.
   * @throws Error when there is none
   */
  get certificate(): Certificate {
    const [certificate] = this.certificates;
    if (!certificate) throw new Error('the attestation statement has no certificate');
    return certificate;
  }

  private certificatesAsTheyCame(): unknown {
    if (this.format === 'android-safetynet') return readJws(this.bytes('response').toString()).x5c;
    return this.get('x5c') ?? [];
  }
}
