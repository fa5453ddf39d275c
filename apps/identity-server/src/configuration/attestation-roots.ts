import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { ATTESTATION_FORMATS, type AttestationFormat } from 'nestjs-passkey-sign-in';

/** DER, by the format of the statements that must chain to them. */
export type AttestationRoots = Partial<Record<AttestationFormat, Buffer[]>>;

/**
 * Reads `format=path` items; each path is of a PEM file, and a format may be named several times.
 * @throws Error that names the item
 */
export function toAttestationRoots(items: string[]): AttestationRoots {
  const roots: AttestationRoots = {};
  for (const item of items) {
    const [name, path] = item.split('=');
    const format = ATTESTATION_FORMATS.find((candidate) => candidate === name);
    if (!format || !path) throw new Error(`"${item}" is not of the form format=file.pem`);
    const pem = readFileSync(path, 'utf8').match(
      /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
    );
    if (!pem) throw new Error(`${path} has no certificate`);
    (roots[format] ??= []).push(...pem.map((text) => new X509Certificate(text).raw));
  }
  return roots;
}
