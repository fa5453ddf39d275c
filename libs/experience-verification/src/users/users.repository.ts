import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager, type FindOptionsWhere, MoreThan } from 'typeorm';
import { violatedUniqueConstraint } from '../database/database-availability';
import type { ErrorCode } from '../errors/error-catalog';
import { ExperienceException } from '../errors/experience.exception';
import { Session } from '../defaults/session.entity';
import type { UserId } from '../webauthn/webauthn-types';
import { type Identifier, IDENTIFIER_TYPES, IDENTIFIERS } from './identifier';
import { toIdentifier } from './identifier.dto';
import { User } from './user.entity';
import type { NewUser, UserDirectory, UserLookup } from '../ports/user-directory.port';

const COLUMN = { username: 'username', email: 'primary_email', phone: 'primary_phone' } as const;

const TAKEN: Partial<Record<string, ErrorCode>> = {
  users_username_key: IDENTIFIERS.username.alreadyInUse,
  users_primary_email_key: IDENTIFIERS.email.alreadyInUse,
  users_primary_phone_key: IDENTIFIERS.phone.alreadyInUse,
};

/** What can be changed of a user; identifiers in their stored spelling, null to remove one. */
export type UserChanges = Partial<Pick<User, 'username' | 'primaryEmail' | 'primaryPhone' | 'suspended'>>;

/** A user's identifiers, as a body names them. */
interface GivenIdentifiers {
  username?: string | null;
  primaryEmail?: string | null;
  primaryPhone?: string | null;
}

/**
 * Those that are given, in their stored spelling.
 * @throws ExperienceException `guard.invalid_input` for one that can't be of its type
 */
export function toIdentifiers(given: GivenIdentifiers): Partial<Record<keyof GivenIdentifiers, string>> {
  const identifiers: Partial<Record<keyof GivenIdentifiers, string>> = {};
  for (const type of IDENTIFIER_TYPES) {
    const { member } = IDENTIFIERS[type];
    const value = given[member];
    if (value != null) identifiers[member] = toIdentifier({ type, value }, member).value;
  }
  return identifiers;
}

/** The users table, which is also the default user directory. */
@Injectable()
export class UsersRepository implements UserDirectory {
  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  locate({ type, value }: Identifier): UserLookup {
    return { column: COLUMN[type], value };
  }

  async create({ identifier, userHandle }: NewUser, transaction: EntityManager): Promise<UserId> {
    const user = await this.insert(
      { [IDENTIFIERS[identifier.type].member]: identifier.value },
      userHandle,
      transaction,
    );
    return user.id;
  }

  /** @throws ExperienceException `user.*_already_in_use` */
  async insert(
    values: UserChanges,
    userHandle: Buffer = randomBytes(64),
    manager: EntityManager = this.dataSource.manager,
  ): Promise<User> {
    const user = manager.create(User, {
      id: randomUUID() as string as UserId,
      userHandle,
      username: null,
      primaryEmail: null,
      primaryPhone: null,
      suspended: false,
      ...values,
    });
    await refuseTaken(manager.insert(User, user));
    return user;
  }

  find(id: UserId): Promise<User | null> {
    return this.dataSource.manager.findOneBy(User, { id });
  }

  /** Every user who has one of the identifiers, or the user handle. */
  findAll(
    identifiers: Partial<Record<'username' | 'primaryEmail' | 'primaryPhone', string>>,
    userHandle: Buffer | null,
    manager: EntityManager,
  ): Promise<User[]> {
    const where: FindOptionsWhere<User>[] = Object.entries(identifiers).map(([name, value]) => ({
      [name]: value,
    }));
    if (userHandle) where.push({ userHandle });
    return where.length > 0 ? manager.findBy(User, where) : Promise.resolve([]);
  }

  /** Gives a user who has no passkey yet the handle that an imported one carries. */
  async adoptHandle(id: UserId, userHandle: Buffer, manager: EntityManager): Promise<void> {
    await manager.update(User, { id }, { userHandle });
  }

  /** Users in the order of their ids, from the one after `after`. */
  list(limit: number, after?: UserId): Promise<User[]> {
    return this.dataSource.manager.find(User, {
      where: after === undefined ? {} : { id: MoreThan(after) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /**
   * Changes the user; suspension also ends every session, so that none comes back with the user.
   * @throws ExperienceException `user.*_already_in_use`
   */
  async update(id: UserId, changes: UserChanges): Promise<void> {
    if (Object.keys(changes).length === 0) return;
    await this.dataSource.transaction(async (transaction) => {
      await refuseTaken(transaction.update(User, { id }, changes));
      if (changes.suspended) await transaction.delete(Session, { userId: id });
    });
  }

  /** Deletes the user with all passkeys, sessions and open ceremonies; false when there was none. */
  async delete(id: UserId): Promise<boolean> {
    const { affected } = await this.dataSource.manager.delete(User, { id });
    return (affected ?? 0) > 0;
  }
}

async function refuseTaken(write: Promise<unknown>): Promise<void> {
  try {
    await write;
  } catch (error) {
    const code = TAKEN[violatedUniqueConstraint(error) ?? ''];
    throw code ? new ExperienceException(code) : error;
  }
}
