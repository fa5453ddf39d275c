import { ATTESTATION_FORMATS, type AttestationFormat } from 'nestjs-passkey-sign-in';
import { readCertificates } from './certificates';

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
    (roots[format] ??= []).push(...readCertificates(path).map(({ raw }) => raw));
  }
  return roots;
}
