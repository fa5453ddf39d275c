import { createPublicKey, type JsonWebKey } from 'node:crypto';
import { ExperienceException } from 'nestjs-passkey-sign-in';
import { whyNoJsonb } from '../storage/jsonb';
import type { Application } from '../ports/application';
import { whyNoRedirectUri, whyNoUri, whyNoUriToLeadTo } from './redirect-uri';

/** Members that are addresses, or null. */
export const URIS = ['backchannelLogoutUri', 'logoUri', 'termsUri', 'privacyUri'] as const;

/** Private members of JWKs (RFC 7518, section 6). */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

/** What JWKs may say of themselves (RFC 7517, section 4), of which oidc-provider takes text alone. */
const TEXTS = ['use', 'alg', 'kid'];

/** @throws ExperienceException `guard.invalid_input`, naming each wrong member */
export function checkApplication(application: Application): void {
  const { type, redirectUris, postLogoutRedirectUris, jwks } = application;
  const data: Record<string, string[]> = {};
  const note = (member: string, why: string | null) => {
    if (why !== null) data[member] = [...(data[member] ?? []), why];
  };
  for (const uri of redirectUris) note('redirectUris', whyNoRedirectUri(type, uri));
  for (const uri of postLogoutRedirectUris) note('postLogoutRedirectUris', whyNoUriToLeadTo(type, uri));
  for (const name of URIS) if (application[name] !== null) note(name, whyNoUri(application[name]));
  if (application.subjectType === 'pairwise') note('subjectType', whyNotPairwise(application));
  if (jwks) note('jwks', whyNoKeys(jwks));
  if (Object.keys(data).length > 0) throw new ExperienceException('guard.invalid_input', { data });
}

/** Subjects are keyed by the host that users are led back to, where it is one: sectorOf. */
function whyNotPairwise({ type, redirectUris }: Application): string | null {
  if (type === 'device') return 'can not be pairwise for this type of application';
  if (redirectUris.length === 0 && type !== 'machine')
    return 'can be pairwise only with redirectUris, by whose host subjects are told';
  const hosts = redirectUris.filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri).host);
  return new Set(hosts).size > 1 ? 'can be pairwise only where all redirectUris are of one host' : null;
}

function whyNoKeys(jwks: { keys: unknown }): string | null {
  const keys: unknown = jwks.keys;
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > 20) return 'must have "keys", 1 to 20 JWKs';
  for (const key of keys) {
    if (typeof key !== 'object' || key === null) return 'must have "keys", 1 to 20 JWKs';
    if (PRIVATE.some((member) => member in (key as object))) {
      return 'must have public keys alone: make new ones, since these are known now';
    }
    const members = key as Record<string, unknown>;
    for (const name of TEXTS) {
      if (name in members && !isText(members[name]))
        return `must have text as "${name}" of each key, or none`;
    }
    if ('x5c' in members && !isTexts(members['x5c']))
      return 'must have a list of text as "x5c" of each key, or none';
    if (!isPublicKey(key as JsonWebKey)) return 'must have keys of RFC 7518 or RFC 8037 alone';
  }
  return whyNoJsonb(JSON.stringify(jwks));
}

const isText = (value: unknown): boolean => typeof value === 'string' && value !== '';
const isTexts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

function isPublicKey(key: JsonWebKey): boolean {
  try {
    createPublicKey({ key, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}
