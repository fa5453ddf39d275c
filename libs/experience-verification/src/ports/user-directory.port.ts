import type { EntityManager } from 'typeorm';
import type { RelyingParty } from '../webauthn/relying-party';
import type { UserId } from '../webauthn/webauthn-types';
import type { Identifier, TypedIdentifier } from '../identifiers/identifier';

/**
 * Where a user is found: in the module's own rows, by identifier in a tenant, which is part of the ceremony's one statement; or by
 * the id that the directory says.
 */
export type UserLookup = { identifier: TypedIdentifier; tenant: string } | { userId: UserId };

/** Id of no user: with it a statement does the same work, in the same time, for somebody who does not exist. */
export const NOBODY = '00000000-0000-0000-0000-000000000000' as UserId;

/** What is told of a user, to the user's authenticators and by messages. */
export interface UserProfile {
  /** `user.name` and `user.displayName` of the user's passkeys (WebAuthn Level 3, section 5.4.3). */
  name: string;
  /** Where the user can be reached, the best first. */
  addresses: Identifier[];
  /** Those of them that the user has not proved to be reached by. Codes are not sent there. Default none. */
  unproven?: Identifier[];
}

/** A user to be created, with the user handle that the passkey already carries. */
export interface NewUser {
  identifier: Identifier;
  userHandle: Buffer;
  /** Where the user registers. */
  relyingParty: RelyingParty;
}

/**
 * Says all that the module asks of users. The default has them in the module's own tables.
 *
 * A host's directory keeps them wherever it likes, and writes to none of the module's tables: the module makes the row
 * that passkeys and sessions refer to when the directory names a user. `UsersService.delete` tells the module that a
 * user is gone for good. Ids are UUIDs that are never given to somebody else.
 */
export interface UserDirectory {
  /**
   * Who has the identifier; null when nobody has. The default asks nothing here: its answer becomes part of the
   * ceremony's one statement. A host's directory answers `{ userId }`.
   * @param relyingParty where somebody has typed it: users of one tenant are nobody to another
   */
  locate(
    identifier: TypedIdentifier,
    relyingParty: RelyingParty,
  ): UserLookup | null | Promise<UserLookup | null>;
  /**
   * Null when there is no such user.
   * @param transaction the one under way, if any, for a directory in the same database
   */
  profileOf(userId: UserId, transaction?: EntityManager): Promise<UserProfile | null>;
  /**
   * Whether the user must not sign in, nor stay signed in; also true of one who is gone. Asked once a passkey has been
   * verified, at identification, at submission, and whenever a session is looked up. The module's own rows are read in
   * the ceremonies' statements, and say it too: the default leaves this out. Sessions of a user whom the host suspends
   * are not ended: they count again once the user may sign in.
   * @param transaction the one under way, if any, for a directory in the same database
   */
  isSuspended?(userId: UserId, transaction?: EntityManager): boolean | Promise<boolean>;
  /**
   * Creates a user inside the registration's transaction.
   * @returns an id that has not been used before
   * @throws ExperienceException `user.*_already_in_use` when the identifier is taken
   */
  create(user: NewUser, transaction: EntityManager): Promise<UserId>;
}

export const USER_DIRECTORY = Symbol('USER_DIRECTORY');
