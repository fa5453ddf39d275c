import { randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { violatedUniqueConstraint } from '../database/database-availability';
import { SCHEMA } from '../database/schema';
import { ExperienceException } from '../errors/experience.exception';
import { NOBODY } from '../ports/user-directory.port';
import type { UserId } from '../webauthn/webauthn-types';
import {
  IDENTIFIERS,
  type IdentifierType,
  type Identifiers,
  toList,
  type TypedIdentifier,
} from '../identifiers/identifier';
import { idByIdentifier, parametersOf } from './user-lookup';
import { IDENTIFIER_TENANT } from './user-identifier.entity';
import { User } from './user.entity';

/** A user with the identifiers. */
export interface UserAccount extends User {
  identifiers: Identifiers;
}

/** What can be changed of a user; identifiers that are not given stay. */
export interface UserChanges {
  identifiers?: Identifiers;
  /** Types of which the user has none afterwards. */
  removed?: IdentifierType[];
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
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SCHEMA) private readonly schema: string,
  ) {}

  /**
   * Creates a user inside `transaction`: the keys of the identifiers decide who of several at once has them.
   * @throws ExperienceException `user.*_already_in_use`
   */
  async insert(
    identifiers: Identifiers,
    transaction: EntityManager,
    userHandle: Buffer = randomBytes(64),
    suspended = false,
  ): Promise<UserAccount> {
    const user = transaction.create(User, {
      id: randomUUID() as string as UserId,
      userHandle,
      suspended,
    });
    await transaction.insert(User, user);
    await this.name(user.id, identifiers, transaction);
    return { ...user, identifiers };
  }

  async find(id: UserId, manager?: EntityManager): Promise<UserAccount | null> {
    const [user] = await this.select('u.id = $1', [id], manager);
    return user ?? null;
  }

  findByIds(ids: UserId[]): Promise<UserAccount[]> {
    return this.select('u.id = ANY ($1)', [ids]);
  }

  /** Users in the order of their ids, from the one after `after`. */
  list(limit: number, after: UserId = NOBODY): Promise<UserAccount[]> {
    return this.select('u.id > $1 ORDER BY u.id LIMIT $2', [after, limit]);
  }

  /** Every user who has one of the identifiers, or the user handle. */
  findAll(
    identifiers: Identifiers,
    userHandle: Buffer | null,
    transaction: EntityManager,
  ): Promise<UserAccount[]> {
    const named = toList(identifiers);
    return this.select(
      `u.id IN (
         SELECT id FROM ${this.schema}.users WHERE user_handle = $1
         UNION
         SELECT user_id FROM ${this.schema}.user_identifiers
          WHERE tenant = $2 AND (type, value) IN (SELECT * FROM unnest($3::text[], $4::text[])))`,
      [userHandle, IDENTIFIER_TENANT, named.map(({ type }) => type), named.map(({ value }) => value)],
      transaction,
    );
  }

  /** The id of the user who has the identifier; null when nobody has. */
  async idOf(identifier: TypedIdentifier): Promise<UserId | null> {
    const [row] = await this.dataSource.query<{ id: UserId }[]>(
      idByIdentifier(this.schema, 1),
      parametersOf({ identifier }),
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
      `INSERT INTO ${this.schema}.users (id, user_handle) VALUES ($1, $2) ON CONFLICT (id) DO NOTHING RETURNING id`,
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
    { identifiers = {}, removed = [], suspended }: UserChanges,
    transaction: EntityManager,
  ): Promise<void> {
    await transaction.query(
      `DELETE FROM ${this.schema}.user_identifiers WHERE user_id = $1 AND type = ANY ($2)`,
      [id, removed],
    );
    await this.name(id, identifiers, transaction);
    if (suspended === undefined) return;
    await transaction.query(
      `UPDATE ${this.schema}.users SET suspended = $2, proofs_void_before = clock_timestamp() WHERE id = $1`,
      [id, suspended],
    );
  }

  /** Locks the user's row, until `transaction` ends, against other changes of the account; null when there is none. */
  async lock(id: UserId, transaction: EntityManager): Promise<LockedUser | null> {
    const [row] = await transaction.query<LockedUser[]>(
      `SELECT suspended, extract(epoch FROM proofs_void_before)::float8 AS "proofsVoidBefore"
         FROM ${this.schema}.users WHERE id = $1 FOR NO KEY UPDATE`,
      [id],
    );
    return row ?? null;
  }

  /** Makes void what the user had proved before `transaction` began, and sessions from before. */
  async voidProofs(id: UserId, transaction: EntityManager): Promise<void> {
    await transaction.query(`UPDATE ${this.schema}.users SET proofs_void_before = now() WHERE id = $1`, [id]);
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
      `SELECT u.id, u.user_handle AS "userHandle", u.suspended, u.created_at AS "createdAt",
              (SELECT coalesce(jsonb_object_agg(i.type, i.value), '{}')
                 FROM ${this.schema}.user_identifiers i WHERE i.user_id = u.id) AS identifiers
         FROM ${this.schema}.users u WHERE ${condition}`,
      values,
    );
  }

  /** Gives the user the identifiers, in place of former ones of their types; a new value has yet to be verified. */
  private async name(id: UserId, identifiers: Identifiers, transaction: EntityManager): Promise<void> {
    for (const { type, value } of toList(identifiers)) {
      const write = transaction.query(
        `INSERT INTO ${this.schema}.user_identifiers AS i (tenant, type, value, user_id)
         SELECT $1, $2, $3, id FROM ${this.schema}.users WHERE id = $4 FOR KEY SHARE
         ON CONFLICT (user_id, type) DO UPDATE
            SET value = excluded.value, verified_at = CASE WHEN i.value = excluded.value THEN i.verified_at END`,
        [IDENTIFIER_TENANT, type, value, id],
      );
      await write.catch((error: unknown) => {
        const taken = violatedUniqueConstraint(error) === 'user_identifiers_pkey';
        throw taken ? new ExperienceException(IDENTIFIERS[type].alreadyInUse) : error;
      });
    }
  }
}
