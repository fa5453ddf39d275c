import { UUID } from '../ports/application';

/** @param tables what stands before the names of tables */
export const applicationColumns = (tables: string): string => `
  a.id, a.relying_party_id AS "relyingPartyId", a.name, a.type, a.redirect_uris AS "redirectUris",
  a.post_logout_redirect_uris AS "postLogoutRedirectUris", a.backchannel_logout_uri AS "backchannelLogoutUri",
  a.logo_uri AS "logoUri", a.terms_uri AS "termsUri", a.privacy_uri AS "privacyUri", a.third_party AS "thirdParty",
  a.groups, a.jwks, a.subject_type AS "subjectType", a.configured,
  ARRAY(SELECT hash FROM ${tables}application_secrets s WHERE s.application_id = a.id) AS "secretHashes"`;

/**
 * SQL: the application, in JSON.
 * @param id SQL of a client's id, which need not be an application's
 * @param relyingPartyId SQL
 */
export const applicationInJson = (tables: string, id: string, relyingPartyId: string): string =>
  `SELECT row_to_json(application) FROM (
     SELECT ${applicationColumns(tables)} FROM ${tables}applications a
      WHERE a.id = CASE WHEN ${id} ~ '${UUID.source}' THEN (${id})::uuid END
        AND a.relying_party_id = ${relyingPartyId}) AS application`;

/**
 * SQL: what claims are made of.
 * @param id SQL
 */
export const userOf = (tables: string, id: string): string => {
  const one = (type: string, aggregate: string) => `${aggregate} FILTER (WHERE i.type = '${type}')`;
  return `
    SELECT u.id, identifiers.*, extract(epoch FROM u.created_at)::int AS "updatedAt", memberships.*,
           coalesce((SELECT c.claims FROM ${tables}user_claims c WHERE c.user_id = u.id), '{}') AS custom
      FROM ${tables}users u,
      LATERAL (
        SELECT ${one('username', 'min(i.value)')} AS username,
               ${one('email', 'min(i.value)')} AS email,
               coalesce(${one('email', 'bool_and(i.verified_at IS NOT NULL)')}, false) AS "emailVerified",
               ${one('phone', 'min(i.value)')} AS phone,
               coalesce(${one('phone', 'bool_and(i.verified_at IS NOT NULL)')}, false) AS "phoneVerified"
          FROM ${tables}user_identifiers i WHERE i.user_id = u.id) AS identifiers,
      LATERAL (
        SELECT coalesce(array_agg(g.name ORDER BY g.name), '{}') AS groups,
               coalesce(jsonb_agg(g.claims ORDER BY g.name), '[]') AS "customOfGroups"
          FROM ${tables}group_members m JOIN ${tables}groups g ON g.id = m.group_id WHERE m.user_id = u.id) AS memberships
     WHERE u.id = ${id} AND NOT u.suspended`;
};

/**
 * SQL: what claims are made of, in JSON.
 * @param id SQL
 */
export const userInJson = (tables: string, id: string): string =>
  `SELECT row_to_json(person) FROM (${userOf(tables, id)}) AS person`;
