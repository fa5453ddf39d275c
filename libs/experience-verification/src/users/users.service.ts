import { Inject, Injectable, Logger, Optional } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ExperienceException } from '../errors/experience.exception';
import { nextCursorOf, readPaging } from '../api/paging';
import { ACCOUNT_MESSENGER, type AccountMessenger } from '../ports/account-messenger.port';
import { SESSION_PROVIDER, type SessionProvider } from '../ports/session.port';
import { isUuid, type UserId } from '../webauthn/webauthn-types';
import { addressesOf, type Identifier, isSameIdentifier } from '../identifiers/identifier';
import { removedIn, toIdentifiers } from '../identifiers/identifiers.dto';
import { type CreateUserDto, type UpdateUserDto, UserDto, type UserPageDto } from './user.dto';
import { UsersRepository } from './users.repository';

/** Management of users; a host whose own directory keeps them tells it here when one is gone. */
@Injectable()
export class UsersService {
  private readonly logger = new Logger(UsersService.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SESSION_PROVIDER) private readonly sessions: SessionProvider,
    private readonly users: UsersRepository,
    @Optional() @Inject(ACCOUNT_MESSENGER) private readonly messenger: AccountMessenger | null,
  ) {}

  /** @throws ExperienceException `guard.invalid_input` without any identifier, `user.*_already_in_use` */
  async create(body: CreateUserDto): Promise<UserDto> {
    const identifiers = toIdentifiers(body);
    if (Object.keys(identifiers).length === 0) throw noneLeft();
    return UserDto.of(await this.users.add(identifiers));
  }

  /** @throws ExperienceException `user.user_not_exist` */
  async get(id: string): Promise<UserDto> {
    const user = isUuid(id) && (await this.users.find(id as UserId));
    if (!user) throw new ExperienceException('user.user_not_exist');
    return UserDto.of(user);
  }

  /** @throws ExperienceException `guard.invalid_input` for a cursor or limit that can't be one */
  async list(cursor?: string, limit?: string): Promise<UserPageDto> {
    const paging = readPaging(cursor, limit);
    const users = await this.users.list(paging.limit + 1, paging.cursor as UserId | undefined);
    return {
      users: users.slice(0, paging.limit).map((user) => UserDto.of(user)),
      nextCursor: nextCursorOf(users, paging.limit),
    };
  }

  /**
   * Changes those identifiers that are given; null removes one. Codes that were sent to an address that the user loses
   * are void, and that address is told, as are those that the user has from now on.
   * @throws ExperienceException `user.user_not_exist`, `user.*_already_in_use`, `guard.invalid_input` when no identifier
   *   would be left
   */
  async update(id: string, body: UpdateUserDto): Promise<UserDto> {
    const userId = id as UserId;
    const suspended = body.suspended ?? undefined;
    const changes = { identifiers: toIdentifiers(body), removed: removedIn(body), suspended };
    const { before, after } = await this.dataSource.transaction(async (transaction) => {
      if (isUuid(id)) await this.users.lock(userId, transaction);
      const before = isUuid(id) ? await this.users.find(userId, transaction) : null;
      if (!before) throw new ExperienceException('user.user_not_exist');
      await this.users.update(userId, changes, transaction);
      const after = await this.users.find(userId, transaction);
      if (!after || Object.keys(after.identifiers).length === 0) throw noneLeft();
      if (suspended) await this.sessions.endAll(userId, transaction);
      return { before, after };
    });
    this.tellOfAddresses(addressesOf(before.identifiers), addressesOf(after.identifiers));
    return UserDto.of(after);
  }

  /**
   * Deletes the user with all passkeys, sessions and recovery codes.
   * @throws ExperienceException `user.user_not_exist`
   */
  async delete(id: string): Promise<void> {
    const userId = id as UserId;
    const deleted =
      isUuid(id) &&
      (await this.dataSource.transaction(async (transaction) => {
        await this.users.lock(userId, transaction);
        await this.sessions.endAll(userId, transaction);
        return this.users.delete(userId, transaction);
      }));
    if (!deleted) throw new ExperienceException('user.user_not_exist');
  }

  /** Whoever reads an address that an account has lost, or got, should know; in the background. */
  private tellOfAddresses(before: Identifier[], after: Identifier[]): void {
    const { messenger } = this;
    const has = (addresses: Identifier[], address: Identifier) =>
      addresses.some((known) => isSameIdentifier(known, address));
    const lost = before.filter((address) => !has(after, address));
    const got = after.filter((address) => !has(before, address));
    if (!messenger || lost.length + got.length === 0) return;
    for (const to of [...lost, ...after]) {
      messenger.send({ kind: 'addresses-changed', to }).catch((error: unknown) => {
        this.logger.error({
          problem: 'a notice was not sent',
          kind: 'addresses-changed',
          cause: String(error),
        });
      });
    }
  }
}

const noneLeft = () =>
  new ExperienceException('guard.invalid_input', {
    data: { body: ['must have a username, a primaryEmail or a primaryPhone'] },
  });
