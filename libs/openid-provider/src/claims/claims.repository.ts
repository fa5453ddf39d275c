import { Inject, Injectable } from '@nestjs/common';
import { prepared, type PreparedStatement, PreparedStatements, TABLES } from 'nestjs-passkey-sign-in';
import type { ClaimsSource, UserClaims } from '../ports/application';
import { Prefetched } from '../storage/prefetched';
import { userOf } from '../storage/prefetched.statements';

/** Claims of users (OpenID Connect Core 1.0, section 5.4), as the module's own rows have them. */
@Injectable()
export class ClaimsRepository implements UserClaims {
  private readonly find: PreparedStatement;

  constructor(
    @Inject(TABLES) tables: string,
    private readonly statements: PreparedStatements,
    private readonly prefetched: Prefetched,
  ) {
    this.find = prepared(userOf(tables, '$1'));
  }

  async of(userId: string, scopes: ReadonlySet<string>): Promise<Record<string, unknown> | null> {
    const user =
      this.prefetched.take('user', userId) ??
      (await this.statements.query<ClaimsSource>(this.find, [userId]))[0];
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
