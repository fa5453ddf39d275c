import { Inject, Injectable } from '@nestjs/common';
import { prepared, type PreparedStatement, PreparedStatements, TABLES } from 'nestjs-passkey-sign-in';
import type { UserClaims } from '../applications/application';
import { Prefetched } from '../storage/prefetched';

/** What claims are made of. */
export interface User {
  id: string;
  username: string | null;
  email: string | null;
  emailVerified: boolean;
  phone: string | null;
  phoneVerified: boolean;
  updatedAt: number;
  groups: string[];
  custom: Record<string, unknown>;
  customOfGroups: Record<string, unknown>[];
}

const find = (tables: string, id: string): string => {
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
  `SELECT row_to_json(person) FROM (${find(tables, id)}) AS person`;

/** Claims of users (OpenID Connect Core 1.0, section 5.4), as the module's own rows have them. */
@Injectable()
export class ClaimsRepository implements UserClaims {
  private readonly find: PreparedStatement;

  constructor(
    @Inject(TABLES) tables: string,
    private readonly statements: PreparedStatements,
    private readonly prefetched: Prefetched,
  ) {
    this.find = prepared(find(tables, '$1'));
  }

  async of(userId: string, scopes: ReadonlySet<string>): Promise<Record<string, unknown> | null> {
    const user =
      this.prefetched.take('user', userId) ?? (await this.statements.query<User>(this.find, [userId]))[0];
    if (!user) return null;
    const {
      username,
      email,
      emailVerified,
      phone,
      phoneVerified,
      updatedAt,
      groups,
      custom,
      customOfGroups,
    } = user;
    const name = username ?? email ?? phone;
    return {
      ...(scopes.has('groups') &&
        Object.fromEntries(customOfGroups.flatMap((claims) => Object.entries(claims)))),
      ...(scopes.has('profile') && custom),
      ...(scopes.has('profile') && { preferred_username: name, name, updated_at: updatedAt }),
      ...(scopes.has('email') && email !== null && { email, email_verified: emailVerified }),
      ...(scopes.has('phone') &&
        phone !== null && { phone_number: phone, phone_number_verified: phoneVerified }),
      ...(scopes.has('groups') && { groups }),
    };
  }
}
