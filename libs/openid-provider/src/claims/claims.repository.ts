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

const userColumns = (tables: string): string => {
  const one = (type: string, column: string) =>
    `(SELECT ${column} FROM ${tables}user_identifiers i WHERE i.user_id = u.id AND i.type = '${type}' LIMIT 1)`;
  return `
    ${one('username', 'i.value')} AS username,
    ${one('email', 'i.value')} AS email, coalesce(${one('email', 'i.verified_at IS NOT NULL')}, false) AS "emailVerified",
    ${one('phone', 'i.value')} AS phone, coalesce(${one('phone', 'i.verified_at IS NOT NULL')}, false) AS "phoneVerified",
    extract(epoch FROM u.created_at)::int AS "updatedAt",
    ARRAY(SELECT g.name FROM ${tables}group_members m JOIN ${tables}groups g ON g.id = m.group_id
           WHERE m.user_id = u.id ORDER BY g.name) AS groups,
    coalesce((SELECT c.claims FROM ${tables}user_claims c WHERE c.user_id = u.id), '{}') AS custom,
    (SELECT coalesce(jsonb_agg(g.claims ORDER BY g.name), '[]') FROM ${tables}group_members m
       JOIN ${tables}groups g ON g.id = m.group_id WHERE m.user_id = u.id) AS "customOfGroups"`;
};

const find = (tables: string, id: string): string =>
  `SELECT u.id, ${userColumns(tables)} FROM ${tables}users u WHERE u.id = ${id} AND NOT u.suspended`;

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
