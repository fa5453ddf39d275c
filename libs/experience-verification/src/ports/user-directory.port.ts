import type { EntityManager } from 'typeorm';
import type { UserId } from '../webauthn/webauthn-types';
import type { Identifier } from '../users/identifier';

/**
 * Where a user is found: in the module's own rows, by identifier, which is part of the ceremony's one statement; or by
 * the id that the directory says.
 */
export type UserLookup = { identifier: Identifier } | { userId: UserId };

/** Id of no user: with it a statement does the same work, in the same time, for somebody who does not exist. */
export const NOBODY = '00000000-0000-0000-0000-000000000000' as UserId;

/** A user to be created, with the user handle that the passkey already carries. */
export interface NewUser {
  identifier: Identifier;
  userHandle: Buffer;
}

/**
 * Says who has an identifier, and creates users at registration. The default is the module's users table.
 *
 * A host with a directory of its own answers `locate` with `{ userId }`, and at `create` adds a
 * row with that id and `userHandle` to the users table (in `transaction`): credentials refer to it.
 */
export interface UserDirectory {
  /**
   * Where the user with this identifier is found; null when the directory knows that there is none. The
   * default asks nothing here: its answer becomes part of the ceremony's one statement.
   */
  locate(identifier: Identifier): UserLookup | null | Promise<UserLookup | null>;
  /**
   * Creates a user inside the registration's transaction.
   * @throws ExperienceException `user.*_already_in_use` when the identifier is taken
   */
  create(user: NewUser, transaction: EntityManager): Promise<UserId>;
}

export const USER_DIRECTORY = Symbol('USER_DIRECTORY');
