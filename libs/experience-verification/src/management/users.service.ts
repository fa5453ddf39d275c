import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { typeOfTyped } from 'passkey-sign-in-client/typed-text';
import { DataSource, type EntityManager } from 'typeorm';
import { nextCursorOf, readPaging } from '../api/paging';
import { AccountNotices } from '../audit/account-notices';
import type { AuditDetails, AuditEvent, AuditEventType, NewAuditEvent } from '../audit/audit-event';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import {
  addressesOf,
  type Identifier,
  isSameIdentifier,
  NO_IDENTIFIER,
  toMembers,
  toVerifiedMembers,
} from '../identifiers/identifier';
import { toTypedIdentifier } from '../identifiers/identifier.dto';
import { removedIn, toIdentifiers, toVerified } from '../identifiers/identifiers.dto';
import { Messages } from '../messages/messages.service';
import type { Caller } from '../ports/http-exchange';
import { type CurrentSession, SESSION_PROVIDER, type SessionProvider } from '../ports/session.port';
import { SessionOwners } from '../users/session-owners.service';
import { isOfTenant, type UserAccount, type UserChanges, UsersRepository } from '../users/users.repository';
import { isUnstorable } from '../validation/storable-text';
import type { RelyingParty } from '../webauthn/relying-party';
import { isUuid, type RpId, type UserId } from '../webauthn/webauthn-types';
import { type CreateUserDto, type UpdateUserDto, UserDto, type UserPageDto } from './user.dto';

/** Where a change of a user comes from, for its audit event; a host says nothing of it. */
export interface Change {
  /** Whose users alone are meant. Default: a new user is the module's own relying party's, one who exists anybody's. */
  relyingParty?: RelyingParty;
  caller?: Caller;
  /** The user's own, which must count still once the account is locked. */
  session?: CurrentSession;
}

/** What a change has made of a user. */
export interface ChangedUser {
  before: UserAccount;
  after: UserAccount;
  events: AuditEvent[];
}

/** Management of users; a host whose own directory keeps them tells it here when one is gone. */
@Injectable()
export class UsersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(SESSION_PROVIDER) private readonly sessions: SessionProvider,
    private readonly users: UsersRepository,
    private readonly owners: SessionOwners,
    private readonly audit: AuditService,
    private readonly notices: AccountNotices,
    private readonly messages: Messages,
  ) {}

  /** @throws ExperienceException `guard.invalid_input` without any identifier, `user.*_already_in_use` */
  async create(body: CreateUserDto, change: Change = {}): Promise<UserDto> {
    const identifiers = toIdentifiers(body, this.options);
    if (Object.keys(identifiers).length === 0) throw noneLeft();
    const { user } = await this.audit.transaction(change.caller ?? {}, async (transaction) => {
      const { tenant } = change.relyingParty ?? this.options.relyingParties.own;
      const user = await this.users.insert(tenant, identifiers, transaction, { verified: toVerified(body) });
      return { user, event: this.about('user.created', user.id, change) };
    });
    return UserDto.of(user);
  }

  /**
   * @param relyingParty whose users alone are meant
   * @throws ExperienceException `user.user_not_exist`
   */
  async get(id: string, relyingParty?: RelyingParty): Promise<UserDto> {
    return UserDto.of(requireOf(relyingParty, isUuid(id) ? await this.users.find(id as UserId) : null));
  }

  /**
   * The id, where it is of a user.
   * @param relyingParty whose users alone are meant
   * @throws ExperienceException `user.user_not_exist`
   */
  async idOf(id: string, relyingParty: RelyingParty): Promise<UserId> {
    return (await this.get(id, relyingParty)).id as UserId;
  }

  /** @throws ExperienceException `guard.invalid_input` for a cursor or limit that can't be one */
  async list(
    cursor?: string,
    limit?: string,
    { tenant }: RelyingParty = this.options.relyingParties.own,
  ): Promise<UserPageDto> {
    const paging = readPaging(cursor, limit);
    const users = await this.users.list(tenant, paging.limit + 1, paging.cursor as UserId | undefined);
    return {
      users: users.slice(0, paging.limit).map((user) => UserDto.of(user)),
      nextCursor: nextCursorOf(users, paging.limit),
    };
  }

  /**
   * @param text part of an identifier, whatever its case, or an id
   * @throws ExperienceException `guard.invalid_input`
   */
  async search(
    text: string,
    cursor?: string,
    limit?: string,
    { tenant }: RelyingParty = this.options.relyingParties.own,
  ): Promise<UserPageDto> {
    const wanted = text.normalize('NFC').trim();
    if (wanted === '' || wanted.length > 254 || isUnstorable(wanted)) {
      throw new ExperienceException('guard.invalid_input', {
        data: { search: ['must be a text of 1 to 254 characters'] },
      });
    }
    const paging = readPaging(cursor, limit);
    const after = paging.cursor as UserId | undefined;
    const users = await this.users.search(tenant, wanted, paging.limit + 1, after);
    return {
      users: users.slice(0, paging.limit).map((user) => UserDto.of(user)),
      nextCursor: nextCursorOf(users, paging.limit),
    };
  }

  /**
   * @param typed by which the user would sign in
   * @returns a page of who has it, or of nobody
   * @throws ExperienceException `guard.invalid_input` for what nobody can have
   */
  async whoHas(
    typed: string,
    { tenant }: RelyingParty = this.options.relyingParties.own,
  ): Promise<UserPageDto> {
    const given = { type: typeOfTyped(typed, this.options.phoneRegion !== undefined), value: typed };
    const identifier = toTypedIdentifier(given, this.options, 'identifier');
    const id = await this.users.idOf({ tenant, identifier });
    const user = id === null ? null : await this.users.find(id);
    return { users: user ? [UserDto.of(user)] : [], nextCursor: null };
  }

  /**
   * Changes those identifiers that are given; null removes one. Codes that were sent to an address that the user loses
   * are void, and that address is told, as are those that the user has from now on.
   * @throws ExperienceException `user.user_not_exist`, `user.*_already_in_use`, `guard.invalid_input` when no identifier
   *   would be left
   */
  async update(id: string, body: UpdateUserDto, change: Change = {}): Promise<UserDto> {
    const changes = {
      identifiers: toIdentifiers(body, this.options),
      removed: removedIn(body),
      verified: toVerified(body),
      suspended: body.suspended ?? undefined,
    };
    const changed = await this.dataSource.transaction((transaction) =>
      this.change(id, changes, change, transaction),
    );
    this.publish(changed);
    return UserDto.of(changed.after);
  }

  /**
   * The same, inside a transaction; to be published once it is committed.
   * @throws ExperienceException as `update` does
   */
  async change(
    id: string,
    changes: UserChanges,
    change: Change,
    transaction: EntityManager,
  ): Promise<ChangedUser> {
    const userId = id as UserId;
    if (isUuid(id)) await this.lock(userId, change, transaction);
    const found = isUuid(id) ? await this.users.find(userId, transaction) : null;
    const before = requireOf(change.relyingParty, found);
    await this.users.update(userId, changes, transaction);
    const after = await this.users.find(userId, transaction);
    if (!after || Object.keys(after.identifiers).length === 0) throw noneLeft();
    if (changes.suspended) await this.sessions.endAll(userId, transaction);
    const events: AuditEvent[] = [];
    const write = async (type: AuditEventType, details?: AuditDetails) =>
      events.push(
        await this.audit.write(this.about(type, userId, change, details), change.caller ?? {}, transaction),
      );
    const changed = changedMembers(before, after);
    if (changed.length > 0) await write('user.changed', { changed });
    if (after.suspended !== before.suspended) {
      await write(after.suspended ? 'user.suspended' : 'user.restored');
    }
    return { before, after, events };
  }

  publish({ before, after, events }: ChangedUser): void {
    for (const event of events) this.audit.publish(event);
    const [event] = events;
    if (!event) return;
    this.tellOfAddresses(addressesOf(before.identifiers), addressesOf(after.identifiers), event.rpId);
  }

  /**
   * Deletes the user with all passkeys, sessions and recovery codes.
   * @throws ExperienceException `user.user_not_exist`
   */
  async delete(id: string, change: Change = {}): Promise<void> {
    const userId = id as UserId;
    if (!isUuid(id)) throw new ExperienceException('user.user_not_exist');
    const { before, event } = await this.audit.transaction(change.caller ?? {}, async (transaction) => {
      await this.lock(userId, change, transaction);
      const before = requireOf(change.relyingParty, await this.users.find(userId, transaction));
      await this.sessions.endAll(userId, transaction);
      await this.messages.endAll(userId, transaction);
      if (!(await this.users.delete(userId, transaction))) {
        throw new ExperienceException('user.user_not_exist');
      }
      return { before, event: this.about('user.deleted', userId, change) };
    });
    this.notices.tell(addressesOf(before.identifiers), 'account-deleted', event.rpId);
  }

  private async lock(userId: UserId, { session }: Change, transaction: EntityManager): Promise<void> {
    if (session) await this.owners.lock(session, transaction);
    else await this.users.lock(userId, transaction);
  }

  private about(
    type: AuditEventType,
    userId: UserId,
    { relyingParty = this.options.relyingParties.own }: Change,
    details: AuditDetails = {},
  ): NewAuditEvent {
    return { type, rpId: relyingParty.id, userId, details };
  }

  /** Whoever reads an address that an account has lost, or got, should know; in the background. */
  private tellOfAddresses(before: Identifier[], after: Identifier[], rpId: RpId): void {
    const has = (addresses: Identifier[], address: Identifier) =>
      addresses.some((known) => isSameIdentifier(known, address));
    const lost = before.filter((address) => !has(after, address));
    const got = after.filter((address) => !has(before, address));
    if (lost.length + got.length > 0) this.notices.tell([...lost, ...after], 'addresses-changed', rpId);
  }
}

/** @throws ExperienceException `user.user_not_exist`, also of another tenant's */
function requireOf(relyingParty: RelyingParty | undefined, user: UserAccount | null): UserAccount {
  if (user && (!relyingParty || isOfTenant(user, relyingParty))) return user;
  throw new ExperienceException('user.user_not_exist');
}

/** As the API names them. */
const membersOf = ({ identifiers, verified }: UserAccount): Record<string, string | boolean | null> => ({
  ...toMembers(identifiers),
  ...toVerifiedMembers(verified),
});

function changedMembers(before: UserAccount, after: UserAccount): string[] {
  const [was, is] = [membersOf(before), membersOf(after)];
  return Object.keys(is).filter((member) => is[member] !== was[member]);
}

const noneLeft = () =>
  new ExperienceException('guard.invalid_input', {
    data: { body: [NO_IDENTIFIER] },
  });
