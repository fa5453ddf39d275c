import type { EntityManager } from 'typeorm';
import type { UserId } from '../webauthn/webauthn-types';
import type { Identifier } from '../users/identifier';

/** Columns of the module's users table by which a ceremony's statement can find a user. */
export type UserColumn = 'id' | 'username' | 'primary_email' | 'primary_phone';

/** Where a user is to be found: `column` of the users table equals `value`. */
export interface UserLookup {
  column: UserColumn;
  value: string;
}

/** Id of no user: with it a statement does the same work, in the same time, for somebody who does not exist. */
export const NOBODY = '00000000-0000-0000-0000-000000000000' as UserId;

/** Columns by which a user can be looked up: the only text of a lookup that is put into a statement. */
const LOOKUP_COLUMN: Record<UserColumn, string> = {
  id: 'id',
  username: 'username',
  primary_email: 'primary_email',
  primary_phone: 'primary_phone',
};

export const columnOf = ({ column }: UserLookup): string => LOOKUP_COLUMN[column];

/** A user to be created, with the user handle that the passkey already carries. */
export interface NewUser {
  identifier: Identifier;
  userHandle: Buffer;
}

/**
 * Says who has an identifier, and creates users at registration. The default is the module's users table.
 *
 * A host with a directory of its own answers `locate` with `{ column: 'id', value }`, and at `create` adds a
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
