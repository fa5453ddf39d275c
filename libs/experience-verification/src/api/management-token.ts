import { type BearerToken, hashOfToken, SHORTEST_TOKEN } from './bearer-tokens';

/** What a management token may be good for. */
export const MANAGEMENT_SCOPES = {
  'users:read': 'list users, and where they are signed in',
  'users:write': 'create, change, suspend and delete users, and end their sessions',
  passkeys: "list, delete and export users' passkeys",
  recovery: 'make links by which users get back in',
  audit: 'read the audit events',
  import: 'import passkeys, with their users',
  invitations: 'invite people who create accounts',
  settings: 'see how the relying party is set up',
  administrators: 'say who is an administrator',
  applications: 'add, change and delete applications, and their secrets',
  groups: 'add, change and delete groups, and their members',
} as const;

export type ManagementScope = keyof typeof MANAGEMENT_SCOPES;

/** A token of the management API, as a host configures it. */
export interface ManagementTokenOptions {
  /** Said in the audit events of what is done with it: letters, digits, `.`, `_` and `-`, at most 64. */
  name: string;
  /**
   * SHA-256 of the token, 64 hex digits. The token has at least 32 random characters. A list while it is changed: each is
   * good.
   */
  sha256: string | string[];
  scopes: ManagementScope[];
  /** `id`s of the relying parties whose users it is good for. Default all. */
  relyingParties?: string[];
}

export interface ManagementToken extends BearerToken {
  scopes: ManagementScope[];
  /** Undefined: all. */
  relyingParties?: string[];
}

/** Name of the token that is configured by itself. */
export const SOLE_TOKEN = 'management';

/** @throws Error when they can't work together; the message names the option */
export function toManagementTokens(
  sole: string | string[] = [],
  named: ManagementTokenOptions[],
): ManagementToken[] {
  const tokens = named.flatMap(toManagementToken);
  const names = named.map(({ name }) => name);
  if ([sole].flat().length > 0) names.push(SOLE_TOKEN);
  for (const token of [sole].flat()) {
    if (token.length < SHORTEST_TOKEN) {
      throw new Error(`managementApiToken: must have at least ${SHORTEST_TOKEN} characters`);
    }
    const scopes = Object.keys(MANAGEMENT_SCOPES) as ManagementScope[];
    tokens.push({ name: SOLE_TOKEN, hash: hashOfToken(token), scopes });
  }
  const hashes = tokens.map(({ hash }) => hash.toString('hex'));
  for (const [member, values] of Object.entries({ name: names, hash: hashes })) {
    if (new Set(values).size < values.length) throw new Error(`managementTokens: a ${member} is there twice`);
  }
  return tokens;
}

function toManagementToken({
  name,
  sha256,
  scopes,
  relyingParties,
}: ManagementTokenOptions): ManagementToken[] {
  const wrong = (problem: string) => new Error(`managementTokens: ${JSON.stringify(name)} ${problem}`);
  if (!/^[\w.-]{1,64}$/.test(name)) throw wrong('is not a name of letters, digits, ".", "_" and "-"');
  const hashes = [sha256].flat();
  if (hashes.length === 0 || !hashes.every((hash) => /^[0-9a-f]{64}$/i.test(hash)))
    throw wrong('must have "sha256", 64 hex digits');
  if (scopes.length === 0) throw wrong('must have at least one scope');
  if (relyingParties?.length === 0) throw wrong('must have at least one relying party, or not say any');
  const unknown = scopes.find((scope) => !Object.hasOwn(MANAGEMENT_SCOPES, scope));
  if (unknown !== undefined) {
    throw wrong(`has the unknown scope "${unknown}"; known are ${Object.keys(MANAGEMENT_SCOPES).join(', ')}`);
  }
  return hashes.map((hash) => ({ name, hash: Buffer.from(hash, 'hex'), scopes, relyingParties }));
}
