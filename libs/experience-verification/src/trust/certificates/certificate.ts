import { createHash, type KeyObject, X509Certificate } from 'node:crypto';
import { AsnConvert } from '@peculiar/asn1-schema';
import {
  BasicConstraints,
  Certificate as ParsedCertificate,
  id_ce_basicConstraints,
  id_ce_certificatePolicies,
  id_ce_extKeyUsage,
  id_ce_keyUsage,
} from '@peculiar/asn1-x509';

/** What is looked at, or asks nothing of a path, of the extensions that an issuer may mark critical. */
const PROCESSED = new Set<string>([
  id_ce_basicConstraints,
  id_ce_keyUsage,
  id_ce_extKeyUsage,
  id_ce_certificatePolicies,
]);

export interface CertificateExtension {
  critical: boolean;
  /** DER of what the extension has in its OCTET STRING. */
  value: Buffer;
}

/** An X.509 certificate (RFC 5280): its signature and key by node:crypto, its extensions by @peculiar/asn1-x509. */
export class Certificate {
  private readonly x509: X509Certificate;
  private readonly parsed: ParsedCertificate;

  /**
   * @param der its bytes, in no other form
   * @throws Error when they can't be read
   */
  constructor(der: Uint8Array) {
    this.parsed = AsnConvert.parse(der, ParsedCertificate);
    this.x509 = new X509Certificate(der);
  }

  get publicKey(): KeyObject {
    return this.x509.publicKey;
  }

  /** 3 for all that have extensions. */
  get version(): number {
    return this.parsed.tbsCertificate.version + 1;
  }

  /** Whether basic constraints and key usage let it issue certificates. */
  get isAuthority(): boolean {
    return this.x509.ca;
  }

  get isSelfIssued(): boolean {
    return this.x509.subject === this.x509.issuer;
  }

  /** How many certificates of authorities may be between it and the last one; undefined: any number. */
  get pathLength(): number | undefined {
    const extension = this.extension(id_ce_basicConstraints);
    return extension && AsnConvert.parse(extension.value, BasicConstraints).pathLenConstraint;
  }

  /** Its subject public key's SHA-1 (RFC 5280, section 4.2.1.2, method 1), in hex. */
  get keyIdentifier(): string {
    const { subjectPublicKey } = this.parsed.tbsCertificate.subjectPublicKeyInfo;
    return createHash('sha1').update(new Uint8Array(subjectPublicKey)).digest('hex');
  }

  /** Whether it says something critical that nobody here understands, so that nothing may rest on it. */
  get hasUnknownCriticalExtension(): boolean {
    const { extensions = [] } = this.parsed.tbsCertificate;
    return extensions.some(({ critical, extnID }) => critical && !PROCESSED.has(extnID));
  }

  /** Values of its subject's attributes of a type, an object identifier. */
  subject(type: string): string[] {
    const attributes = this.parsed.tbsCertificate.subject.flatMap((names) => [...names]);
    return attributes.filter((one) => one.type === type).map(({ value }) => value.toString());
  }

  get hasSubject(): boolean {
    return this.parsed.tbsCertificate.subject.length > 0;
  }

  extension(id: string): CertificateExtension | undefined {
    const found = this.parsed.tbsCertificate.extensions?.find(({ extnID }) => extnID === id);
    return found && { critical: found.critical, value: Buffer.from(found.extnValue.buffer) };
  }

  /** @param time milliseconds */
  hasBegun(time: number): boolean {
    return this.parsed.tbsCertificate.validity.notBefore.getTime().getTime() <= time;
  }

  /** @param time milliseconds */
  hasExpired(time: number): boolean {
    return this.parsed.tbsCertificate.validity.notAfter.getTime().getTime() < time;
  }

  equals(other: Certificate): boolean {
    return this.x509.raw.equals(other.x509.raw);
  }

  /** By names, key identifiers and key usage. Its signature is another matter: `isSignedBy`. */
  namesAsIssuer(other: Certificate): boolean {
    return this.x509.checkIssued(other.x509);
  }

  isSignedBy(other: Certificate): boolean {
    return this.x509.verify(other.publicKey);
  }
}
