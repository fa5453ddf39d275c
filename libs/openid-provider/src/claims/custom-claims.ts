import { whyNoJsonb } from '../storage/jsonb';
import { RESERVED_CLAIMS } from './claim-names';

/** Bytes of JSON: tokens have them, and travel in headers. */
const MOST = 4096;

/** Why these can't be told of a user or group; null when they can. */
export function whyNoCustomClaims(claims: Record<string, unknown>): string | null {
  const names = Object.keys(claims);
  if (names.length > 50) return 'must be at most 50';
  const wrong = names.find((name) => !/^[\x21-\x7e]{1,200}$/.test(name));
  if (wrong !== undefined) return 'must have names of ASCII without spaces, of at most 200 characters';
  const reserved = names.filter((name) => RESERVED_CLAIMS.has(name));
  if (reserved.length > 0) return `must not have names that mean something already: ${reserved.join(', ')}`;
  const json = JSON.stringify(claims);
  if (Buffer.byteLength(json) > MOST) return `must be at most ${MOST} bytes of JSON`;
  return whyNoJsonb(json);
}
