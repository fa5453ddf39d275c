import { Certificate } from './certificate';

/** What attestations have is three or four certificates of one or two kilobytes. */
const MAX_CERTIFICATES = 6;
const MAX_BYTES = 16_384;

/**
 * The certificates (DER) of an attestation statement or a signed BLOB, its own first.
 * @throws Error when they can't be read, or are more than anybody needs
 */
export function readCertificates(received: unknown): Certificate[] {
  if (!Array.isArray(received)) throw new Error('the certificates are not a list');
  if (received.length > MAX_CERTIFICATES) {
    throw new Error(`${received.length} certificates came, at most ${MAX_CERTIFICATES} are allowed`);
  }
  if (!received.every((one) => one instanceof Uint8Array)) throw new Error('a certificate is not bytes');
  const bytes = received.reduce((sum, { length }) => sum + length, 0);
  if (bytes > MAX_BYTES) {
    throw new Error(`the certificates have ${bytes} bytes, at most ${MAX_BYTES} are allowed`);
  }
  return received.map((der) => new Certificate(der));
}
