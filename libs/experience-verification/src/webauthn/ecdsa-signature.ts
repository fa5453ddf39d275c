const SEQUENCE = 0x30;
const INTEGER = 0x02;

/**
 * Whether the bytes have the form of an ECDSA signature (WebAuthn Level 3, section 6.5.5): a DER sequence of two
 * integers and nothing else. @simplewebauthn/server reads other tags and lengths as the same signature; only that
 * an integer is padded with zeros, as some authenticators do, is left to it.
 */
export function isEcdsaSignature(bytes: Uint8Array): boolean {
  const [tag, length = 0, longLength = 0] = bytes;
  // Of P-521 it is longer than the 127 bytes that the short form of a length can tell.
  const start = length === 0x81 && longLength >= 0x80 ? 3 : 2;
  const told = start === 3 ? longLength : length;
  if (tag !== SEQUENCE || told !== bytes.length - start) return false;
  const afterR = endOfInteger(bytes, start);
  return afterR !== null && endOfInteger(bytes, afterR) === bytes.length;
}

function endOfInteger(bytes: Uint8Array, at: number): number | null {
  const length = bytes[at + 1];
  if (bytes[at] !== INTEGER || length === undefined || length === 0 || length > 0x7f) return null;
  return at + 2 + length;
}
