import { randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { violates } from '../database/database-availability';
import { prepared, PreparedStatements } from '../database/prepared-statements';
import { TABLES } from '../database/tables';
import { shared, type SharedByMany } from '../database/shared-statement';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { skeletonOf, whyNotAllowed } from '../identifiers/username-rule';
import { LOOKS_LIKE_ANOTHER, usernameNotAllowed } from './username-refusal';
import { NOBODY, type UserLookup } from '../ports/user-directory.port';
import type { UserId } from '../webauthn/webauthn-types';
import type { VerifiedAddresses } from '../identifiers/identifiers.dto';
import {
  type Identifier,
  IDENTIFIER_TYPES,
  IDENTIFIERS,
  type IdentifierType,
  type Identifiers,
  toList,
} from '../identifiers/identifier';
import { idByIdentifier, parametersOf } from './user-lookup';
import { User } from './user.entity';

/** A user with the identifiers. */
export interface UserAccount extends User {
  identifiers: Identifiers;
  /** Types of addresses by which the user has proved to be reached. */
  verified: IdentifierType[];
}

/** Whether a relying party may know of the user. */
export const isOfTenant = (user: Pick<User, 'tenant'>, { tenant }: { tenant: string }): boolean =>
  (user.tenant ?? tenant) === tenant;

/** Particulars of a new user. */
export interface NewAccount {
  /** Default a new one. */
  userHandle?: Buffer;
  suspended?: boolean;
  verified?: VerifiedAddresses;
}

/** What can be changed of a user; identifiers that are not given stay. */
export interface UserChanges {
  identifiers?: Identifiers;
  /** Types of which the user has none afterwards. */
  removed?: IdentifierType[];
  verified?: VerifiedAddresses;
  suspended?: boolean;
}

/** What is known of a user whose row is locked. */
export interface LockedUser {
  suspended: boolean;
  /** Seconds since 1970 by the database's clock: what was proved before counts no more. */
  proofsVoidBefore: number;
}

/** The users with their identifiers. */
@Injectable()
export class UsersRepository {
  private readonly account: SharedByMany;
  private readonly findAlone: (values: unknown[]) => Promise<UserAccount[]>;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    statements: PreparedStatements,
  ) {
    this.account = findAccount(tables);
    this.findAlone = statements.sharing(this.account);
  }

  /**
   * Creates a user inside `transaction`: the keys of the identifiers decide who of several at once has them.
   * @throws ExperienceException `user.*_already_in_use`
   */
  async insert(
    tenant: string,
    identifiers: Identifiers,
    transaction: EntityManager,
    { userHandle = randomBytes(64), suspended = false, verified = {} }: NewAccount = {},
  ): Promise<UserAccount> {
    const user = transaction.create(User, {
      id: randomUUID() as string as UserId,
      tenant,
      userHandle,
      suspended,
      administrator: false,
    });
    await transaction.insert(User, user);
    await this.name(user.id, identifiers, transaction);
    await this.sayVerified(user.id, verified, transaction);
    const proven = toList(identifiers).filter(({ type }) => verified[type]);
    return { ...user, identifiers, verified: proven.map(({ type }) => type) };
  }

  async find(id: UserId, manager?: EntityManager): Promise<UserAccount | null> {
    const [user] = await (manager?.query<UserAccount[]>(this.account.one.text, [id]) ?? this.findAlone([id]));
    return user ?? null;
  }

  findByIds(ids: UserId[]): Promise<UserAccount[]> {
    return this.select('u.id = ANY ($1)', [ids]);
  }

  /** The tenant's users in the order of their ids, from the one after `after`. */
  list(tenant: string, limit: number, after: UserId = NOBODY): Promise<UserAccount[]> {
    return this.select('u.tenant = $1 AND u.id > $2 ORDER BY u.id LIMIT $3', [tenant, after, limit]);
  }

  /** The same of those of whose identifiers one contains `text`, whatever its case, or whose id it is. */
  search(tenant: string, text: string, limit: number, after: UserId = NOBODY): Promise<UserAccount[]> {
    return this.select(
      `u.tenant = $1 AND u.id > $2
         AND (u.id::text = lower($4) OR EXISTS (
           SELECT FROM ${this.tables}user_identifiers i
            WHERE i.user_id = u.id AND position(lower($4) IN lower(i.value)) > 0))
       ORDER BY u.id LIMIT $3`,
      [tenant, after, limit, text],
    );
  }

  /** Whether there is a user of whatever tenant. */
  async hasAny(transaction: EntityManager): Promise<boolean> {
    const found = await transaction.query<unknown[]>(`SELECT FROM ${this.tables}users LIMIT 1`);
    return found.length > 0;
  }

  administrators(tenant: string): Promise<UserAccount[]> {
    return this.select('u.tenant = $1 AND u.administrator ORDER BY u.id', [tenant]);
  }

  /** Makes the user an administrator in `transaction`, or takes that back; false when nothing changes. */
  async setAdministrator(id: UserId, administrator: boolean, transaction: EntityManager): Promise<boolean> {
    const [, changed] = await transaction.query<[unknown, number]>(
      `UPDATE ${this.tables}users SET administrator = $2 WHERE id = $1 AND administrator <> $2`,
      [id, administrator],
    );
    return changed > 0;
  }

  /** Every user who has one of the identifiers in the tenant, or the user handle anywhere. */
  findAll(
    tenant: string,
    identifiers: Identifiers,
    userHandle: Buffer | null,
    transaction: EntityManager,
  ): Promise<UserAccount[]> {
    const named = toList(identifiers);
    return this.select(
      `u.id IN (
         SELECT id FROM ${this.tables}users WHERE user_handle = $1
         UNION
         SELECT user_id FROM ${this.tables}user_identifiers
          WHERE tenant = $2 AND (type, value) IN (SELECT * FROM unnest($3::text[], $4::text[])))`,
      [userHandle, tenant, named.map(({ type }) => type), named.map(({ value }) => value)],
      transaction,
    );
  }

  /** The id of the user who has the identifier; null when nobody has. */
  async idOf(lookup: Extract<UserLookup, { tenant: string }>): Promise<UserId | null> {
    const [row] = await this.dataSource.query<{ id: UserId }[]>(
      idByIdentifier(this.tables, 1),
      parametersOf(lookup),
    );
    return row?.id ?? null;
  }

  async handleOf(id: UserId): Promise<Buffer | null> {
    const user = await this.dataSource.manager.findOneBy(User, { id });
    return user?.userHandle ?? null;
  }

  /** The row of a user whom a host's directory keeps. False when there was one. */
  async addRow(
    id: UserId,
    userHandle: Buffer = randomBytes(64),
    manager: EntityManager = this.dataSource.manager,
  ): Promise<boolean> {
    const rows = await manager.query<unknown[]>(
      `INSERT INTO ${this.tables}users (id, user_handle, tenant) VALUES ($1, $2, NULL) ON CONFLICT (id) DO NOTHING RETURNING id`,
      [id, userHandle],
    );
    return rows.length > 0;
  }

  /** Gives a user who has no passkey yet the handle that an imported one carries. */
  async adoptHandle(id: UserId, userHandle: Buffer, manager: EntityManager): Promise<void> {
    await manager.update(User, { id }, { userHandle });
  }

  /**
   * Changes the user inside `transaction`.
   * @throws ExperienceException `user.*_already_in_use`
   */
  async update(
    id: UserId,
    { identifiers = {}, removed = [], verified = {}, suspended }: UserChanges,
    transaction: EntityManager,
  ): Promise<void> {
    await transaction.query(
      `DELETE FROM ${this.tables}user_identifiers WHERE user_id = $1 AND type = ANY ($2)`,
      [id, removed],
    );
    await this.name(id, identifiers, transaction);
    await this.sayVerified(id, verified, transaction);
    if (suspended === undefined) return;
    await transaction.query(
      `UPDATE ${this.tables}users SET suspended = $2, proofs_void_before = clock_timestamp()
        WHERE id = $1 AND ($2 OR suspended)`,
      [id, suspended],
    );
  }

  /** Locks the user's row, until `transaction` ends, against other changes of the account; null when there is none. */
  async lock(id: UserId, transaction: EntityManager): Promise<LockedUser | null> {
    const [row] = await transaction.query<LockedUser[]>(
      `SELECT suspended, extract(epoch FROM proofs_void_before)::float8 AS "proofsVoidBefore"
         FROM ${this.tables}users WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row ?? null;
  }

  /** Makes void what the user had proved before `moment`, or else before `transaction` began, and sessions from before. */
  async voidProofs(id: UserId, transaction: EntityManager, moment: Date | null = null): Promise<void> {
    await transaction.query(
      `UPDATE ${this.tables}users
          SET proofs_void_before = greatest(proofs_void_before, coalesce($2::timestamptz, now())) WHERE id = $1`,
      [id, moment],
    );
  }

  /** Notes that the user is reached by an address, which must be the user's still; false when that was known. */
  async prove(id: UserId, { type, value }: Identifier, transaction: EntityManager): Promise<boolean> {
    const [, proven] = await transaction.query<[unknown, number]>(
      `UPDATE ${this.tables}user_identifiers SET verified_at = now()
        WHERE user_id = $1 AND type = $2 AND value = $3 AND verified_at IS NULL`,
      [id, type, value],
    );
    return proven > 0;
  }

  /** Takes every other address from the user. */
  async keepAddress(id: UserId, { type }: Identifier, transaction: EntityManager): Promise<void> {
    const others = IDENTIFIER_TYPES.filter((other) => other !== type && IDENTIFIERS[other].reachable);
    await this.update(id, { removed: others }, transaction);
  }

  /** Deletes the user with all passkeys, recovery codes and open ceremonies; false when there was none. */
  async delete(id: UserId, transaction: EntityManager): Promise<boolean> {
    const { affected } = await transaction.delete(User, { id });
    return (affected ?? 0) > 0;
  }

  private select(
    condition: string,
    values: unknown[],
    manager: EntityManager = this.dataSource.manager,
  ): Promise<UserAccount[]> {
    return manager.query<UserAccount[]>(
      `SELECT ${account(this.tables)} FROM ${this.tables}users u WHERE ${condition}`,
      values,
    );
  }

  /** Gives the user the identifiers, in place of former ones of their types; a new value has yet to be verified. */
  private async name(id: UserId, identifiers: Identifiers, transaction: EntityManager): Promise<void> {
    for (const { type, value } of toList(identifiers)) {
      if (type === 'username') await this.requireAllowed(id, value, transaction);
      const write = transaction.query(
        `INSERT INTO ${this.tables}user_identifiers AS i (tenant, type, value, user_id, skeleton)
         SELECT tenant, $1, $2, id, $4 FROM ${this.tables}users WHERE id = $3 FOR KEY SHARE
         ON CONFLICT (user_id, type) DO UPDATE
            SET value = excluded.value, verified_at = CASE WHEN i.value = excluded.value THEN i.verified_at END,
                skeleton = CASE WHEN i.value = excluded.value THEN i.skeleton ELSE excluded.skeleton END`,
        [type, value, id, type === 'username' ? skeletonOf(value) : null],
      );
      await write.catch((error: unknown) => {
        if (violates(error, 'user_identifiers_tenant_skeleton_key')) {
          throw usernameNotAllowed(LOOKS_LIKE_ANOTHER);
        }
        throw violates(error, 'user_identifiers_pkey')
          ? new ExperienceException(IDENTIFIERS[type].alreadyInUse)
          : error;
      });
    }
  }

  private async sayVerified(
    id: UserId,
    verified: VerifiedAddresses,
    transaction: EntityManager,
  ): Promise<void> {
    for (const [type, isVerified] of Object.entries(verified)) {
      await transaction.query(
        `UPDATE ${this.tables}user_identifiers SET verified_at = CASE WHEN $3 THEN coalesce(verified_at, now()) END
          WHERE user_id = $1 AND type = $2`,
        [id, type, isVerified],
      );
    }
  }

  /** A name that the user has already stays, whatever it is. */
  private async requireAllowed(id: UserId, username: string, transaction: EntityManager): Promise<void> {
    const why = whyNotAllowed(username, this.options.usernames);
    if (why === null) return;
    const [present] = await transaction.query<unknown[]>(
      `SELECT FROM ${this.tables}user_identifiers WHERE user_id = $1 AND type = 'username' AND value = $2`,
      [id, username],
    );
    if (!present) throw usernameNotAllowed(why);
  }
}

/** SQL: columns of a user `u` as a UserAccount. */
export const account = (tables: string): string =>
  `u.id, u.tenant, u.user_handle AS "userHandle", u.suspended, u.administrator, u.created_at AS "createdAt",
   (SELECT coalesce(jsonb_object_agg(i.type, i.value), '{}')
      FROM ${tables}user_identifiers i WHERE i.user_id = u.id) AS identifiers,
   ARRAY(SELECT i.type FROM ${tables}user_identifiers i
          WHERE i.user_id = u.id AND i.verified_at IS NOT NULL) AS verified`;

export const findAccount = (tables: string): SharedByMany => ({
  one: prepared(`SELECT ${account(tables)} FROM ${tables}users u WHERE u.id = $1`),
  many: shared(
    { id: 'uuid' },
    (calls) => `SELECT call.n::int, ${account(tables)} FROM ${calls} JOIN ${tables}users u ON u.id = call.id`,
  ),
});
