import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { ExperienceException } from '../errors/experience.exception';
import {
  type NewUser,
  USER_DIRECTORY,
  type UserDirectory,
  type UserLookup,
  type UserProfile,
} from '../ports/user-directory.port';
import type { RelyingParty } from '../webauthn/relying-party';
import type { UserId } from '../webauthn/webauthn-types';
import {
  type Identifier,
  IDENTIFIERS,
  isSameIdentifier,
  type TypedIdentifier,
} from '../identifiers/identifier';
import { profileOf, TableUserDirectory } from './table-user-directory';
import { type LockedUser, type UserAccount, UsersRepository } from './users.repository';

/** Users as the ceremonies know them: what the directory says, and the row that passkeys and sessions refer to. */
@Injectable()
export class Accounts {
  /** Whether a host keeps the users: then their rows here are made as they are named. */
  private readonly hosted: boolean;

  constructor(
    @Inject(USER_DIRECTORY) private readonly directory: UserDirectory,
    private readonly users: UsersRepository,
  ) {
    this.hosted = !(directory instanceof TableUserDirectory);
  }

  /** @throws ExperienceException `request.not_found` where a host keeps the users, whose names and addresses are its own to change */
  requireKeptHere(): void {
    if (this.hosted) throw new ExperienceException('request.not_found');
  }

  /** Where a ceremony's statement finds the user who has the identifier; null when nobody has. */
  async locate(identifier: TypedIdentifier, relyingParty: RelyingParty): Promise<UserLookup | null> {
    const { asUsername, ...looksLike } = identifier;
    const found =
      (await this.directory.locate(this.hosted ? looksLike : identifier, relyingParty)) ??
      (asUsername === undefined
        ? null
        : await this.directory.locate({ type: 'username', value: asUsername }, relyingParty));
    if (found && 'userId' in found) await this.keepRow(found.userId);
    return found;
  }

  /** The id of the user who has the identifier; null when nobody has. */
  async idOf(identifier: TypedIdentifier, relyingParty: RelyingParty): Promise<UserId | null> {
    const found = await this.locate(identifier, relyingParty);
    if (!found) return null;
    return 'userId' in found ? found.userId : this.users.idOf(found);
  }

  /**
   * What is told of the user; null when there is no such user.
   * @param account as a statement has just read it
   */
  async profileOf(userId: UserId, account: UserAccount | null): Promise<UserProfile | null> {
    return account && !this.hosted ? profileOf(account) : this.directory.profileOf(userId);
  }

  /** Where the user can be reached, the best first. */
  async addressesOf(userId: UserId, transaction?: EntityManager): Promise<Identifier[]> {
    return (await this.directory.profileOf(userId, transaction))?.addresses ?? [];
  }

  /**
   * Where a code is sent: to the address that was typed, if the user has proved it, or else the best one that is. One
   * that nobody has proved counts as long as the account has no better: whoever reads it proves it (`prove`).
   * @param reaches whether the messenger can send there
   */
  async addressForCode(
    typed: Identifier,
    userId: UserId,
    reaches: (address: Identifier) => boolean,
  ): Promise<Identifier | undefined> {
    const profile = await this.directory.profileOf(userId);
    const { addresses = [], unproven = [] } = profile ?? {};
    const isOf = (list: Identifier[]) => (address: Identifier) =>
      list.some((one) => isSameIdentifier(one, address));
    const proven = addresses.filter((address) => !isOf(unproven)(address));
    const usable = (proven.length === 0 && !this.hosted ? unproven : proven).filter(reaches);
    return usable.find(isOf([typed])) ?? usable[0];
  }

  /**
   * Notes that the user is reached by an address, in `transaction`, in which the user is locked; false when that was
   * known, or is a host's to know.
   */
  async prove(userId: UserId, address: Identifier, transaction: EntityManager): Promise<boolean> {
    return !this.hosted && (await this.users.prove(userId, address, transaction));
  }

  /** Takes every other address from the user, in `transaction`. */
  async keepAddress(userId: UserId, address: Identifier, transaction: EntityManager): Promise<void> {
    await this.users.keepAddress(userId, address, transaction);
  }

  /** Whether the user can still be reached there. */
  async hasAddress(userId: UserId, address: Identifier, transaction?: EntityManager): Promise<boolean> {
    const addresses = await this.addressesOf(userId, transaction);
    return addresses.some((known) => isSameIdentifier(known, address));
  }

  /** The user as authenticators know one; null when there is no such user. */
  async ownerOf(userId: UserId): Promise<{ name: string; userHandle: Buffer } | null> {
    const profile = await this.directory.profileOf(userId);
    if (!profile) return null;
    await this.keepRow(userId);
    const userHandle = await this.users.handleOf(userId);
    return userHandle && { name: profile.name, userHandle };
  }

  /** @param suspended what the user's row says, in a statement that has read it */
  async isSuspended(userId: UserId, suspended: boolean, transaction?: EntityManager): Promise<boolean> {
    return suspended || ((await this.directory.isSuspended?.(userId, transaction)) ?? false);
  }

  /**
   * Locks the user until `transaction` ends, so that a suspension or deletion comes wholly before or after it; null when
   * the user is gone. Whatever else the transaction locks comes after.
   * @throws ExperienceException `user.suspended`
   */
  async lock(userId: UserId, transaction: EntityManager): Promise<LockedUser | null> {
    const user = await this.users.lock(userId, transaction);
    if (user && (await this.isSuspended(userId, user.suspended, transaction))) {
      throw new ExperienceException('user.suspended');
    }
    return user;
  }

  /** Locks a user likewise, suspended or not. */
  async lockAny(userId: UserId, transaction: EntityManager): Promise<void> {
    await this.users.lock(userId, transaction);
  }

  /** Makes void what the user had proved before `moment`, or else before `transaction` began, and sessions from before. */
  async voidProofs(userId: UserId, transaction: EntityManager, moment?: Date): Promise<void> {
    await this.users.voidProofs(userId, transaction, moment);
  }

  /** Whether a user with a session may keep it; the session's own statement has read the user's row. */
  async mayStay(userId: UserId): Promise<boolean> {
    if (await this.isSuspended(userId, false)) return false;
    await this.keepRow(userId);
    return true;
  }

  /**
   * Creates the user inside `transaction`.
   * @throws ExperienceException `user.*_already_in_use`; also when a host's directory answers a user who is known
   *   already, whose account the new passkey would open
   */
  async create(user: NewUser, transaction: EntityManager): Promise<UserId> {
    const userId = await this.directory.create(user, transaction);
    if (this.hosted && !(await this.users.addRow(userId, user.userHandle, transaction))) {
      throw new ExperienceException(IDENTIFIERS[user.identifier.type].alreadyInUse);
    }
    return userId;
  }

  private async keepRow(userId: UserId): Promise<void> {
    if (this.hosted) await this.users.addRow(userId);
  }
}
