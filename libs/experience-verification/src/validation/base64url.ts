/** Without the padding (RFC 4648, section 3.2) that some clients send. */
export const unpadded = (text: string): string =>
  text.length % 4 === 0 ? text.replace(/={1,2}$/, '') : text;

/** The bytes of canonical, unpadded base64url; null for anything else. */
export function fromBase64Url(text: string): Buffer | null {
  const bytes = Buffer.from(text, 'base64url');
  return bytes.toString('base64url') === text ? bytes : null;
}

/** The base64 of a text that may be PEM (RFC 7468), in one line. */
export const withoutArmour = (text: string): string => text.replace(/-----[A-Z ]+-----|\s/g, '');
