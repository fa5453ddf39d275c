import {
  hashOfToken,
  MANAGEMENT_SCOPES,
  type ManagementTokenOptions,
  SOLE_TOKEN,
} from 'nestjs-passkey-sign-in';
import { CONTROL_TOKEN } from '../control/control-token';
import { checkMembers, isText, listOf, oneOf } from './checks';

const REQUIRED = ['name', 'sha256', 'scopes'];

const TOKEN = {
  name: (value: unknown) => isText(value) && /^[\w.-]{1,64}$/.test(value as string),
  // Its form is looked at without repeating it: it may be the token itself.
  sha256: () => true,
  relyingParties: (value: unknown) => listOf(isText)(value) && (value as unknown[]).length > 0,
  scopes: (value: unknown) =>
    listOf(oneOf(Object.keys(MANAGEMENT_SCOPES)))(value) && (value as unknown[]).length > 0,
};

/**
 * Named tokens, from what a JSON file holds: `[{ "name", "sha256", "scopes", "relyingParties"? }]`.
 * @throws Error that names the member
 */
export function toManagementTokens(value: unknown): ManagementTokenOptions[] {
  if (!Array.isArray(value)) throw new Error('must hold an array of { "name", "sha256", "scopes" }');
  const tokens = value.map((entry: unknown) => {
    checkMembers(entry, TOKEN);
    for (const member of REQUIRED) {
      if (!(member in entry)) throw new Error(`"${member}" is missing`);
    }
    const token = entry as ManagementTokenOptions;
    const hashes: unknown[] = [token.sha256].flat();
    if (
      hashes.length === 0 ||
      !hashes.every((hash) => isText(hash) && /^[0-9a-f]{64}$/i.test(hash as string))
    ) {
      throw new Error(`"sha256" of "${token.name}" must be 64 hex digits`);
    }
    return token;
  });
  for (const member of ['name', 'sha256'] as const) {
    const values = tokens.flatMap((token) => token[member]).map((value) => value.toLowerCase());
    const twice = values.find((one, index) => values.indexOf(one) !== index);
    if (twice !== undefined) throw new Error(`the ${member} "${twice}" is there twice`);
  }
  return tokens;
}

/**
 * The same, once it is sure that none has the name of another token, or is one.
 * @param soleTokens of MANAGEMENT_API_TOKEN
 * @throws Error that names the member
 */
export function besideOthers(
  tokens: ManagementTokenOptions[],
  soleTokens: string[] = [],
): ManagementTokenOptions[] {
  const soleHashes = soleTokens.map((token) => hashOfToken(token).toString('hex'));
  for (const { name, sha256 } of tokens) {
    const isNamed = (other: string) => name.toLowerCase() === other;
    if (isNamed(CONTROL_TOKEN)) throw new Error(`the name "${name}" is that of the command`);
    if (soleHashes.length > 0 && isNamed(SOLE_TOKEN)) {
      throw new Error(`the name "${name}" is that of MANAGEMENT_API_TOKEN`);
    }
    if ([sha256].flat().some((hash) => soleHashes.includes(hash.toLowerCase()))) {
      throw new Error(`"${name}" is MANAGEMENT_API_TOKEN too`);
    }
  }
  return tokens;
}
