import { X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';

/**
 * Reads a file of certificates in PEM.
 * @throws Error that names the file when there are none, or one can't be read: OpenSSL would pass over it in silence
 */
export function readCertificates(path: string): X509Certificate[] {
  const found = readFileSync(path, 'utf8').match(
    /-----BEGIN CERTIFICATE-----[^-]+-----END CERTIFICATE-----/g,
  );
  if (!found) throw new Error(`${path} must hold certificates in PEM`);
  return found.map((pem, index) => {
    try {
      return new X509Certificate(pem);
    } catch {
      throw new Error(`certificate ${index + 1} of ${path} can't be read`);
    }
  });
}
