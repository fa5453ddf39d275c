/** What each scope tells (OpenID Connect Core 1.0, section 5.4). */
export const CLAIMS = {
  openid: ['sub', 'acr', 'amr', 'auth_time', 'sid'],
  profile: ['preferred_username', 'name', 'updated_at'],
  email: ['email', 'email_verified'],
  phone: ['phone_number', 'phone_number_verified'],
  groups: ['groups'],
};

/** Names that mean something already, by which an application decides: nobody gives them another value. */
export const RESERVED_CLAIMS: ReadonlySet<string> = new Set([
  ...Object.values(CLAIMS).flat(),
  // RFC 7519, section 4.1; OpenID Connect Core 1.0, sections 2, 5.6.2, 7.4 and 3.3.2.11; RFC 8417; RFC 8693; RFC 9068; RFC 9449.
  ...['iss', 'aud', 'exp', 'nbf', 'iat', 'jti', 'nonce', 'azp', 'at_hash', 'c_hash', 's_hash', 'sub_jwk'],
  ...[
    '_claim_names',
    '_claim_sources',
    'events',
    'toe',
    'txn',
    'act',
    'may_act',
    'client_id',
    'scope',
    'cnf',
  ],
  ...['token_type', 'active', 'username', '__proto__'],
]);
