import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ExperienceException } from '../errors/experience.exception';
import { nextCursorOf, readPaging } from '../api/paging';
import { SESSION_PROVIDER, type SessionProvider } from '../ports/session.port';
import { isUuid, type UserId } from '../webauthn/webauthn-types';
import { toIdentifiers } from '../identifiers/identifiers.dto';
import { type CreateUserDto, type UpdateUserDto, UserDto, type UserPageDto } from './user.dto';
import { UsersRepository } from './users.repository';

/** Management of users; a host whose own directory keeps them tells it here when one is gone. */
@Injectable()
export class UsersService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SESSION_PROVIDER) private readonly sessions: SessionProvider,
    private readonly users: UsersRepository,
  ) {}

  /** @throws ExperienceException `guard.invalid_input` without any identifier, `user.*_already_in_use` */
  async create(body: CreateUserDto): Promise<UserDto> {
    const identifiers = toIdentifiers(body);
    if (Object.keys(identifiers).length === 0) {
      throw new ExperienceException('guard.invalid_input', {
        data: { body: ['must have a username, a primaryEmail or a primaryPhone'] },
      });
    }
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

  /** @throws ExperienceException `user.user_not_exist`, `user.*_already_in_use` */
  async update(id: string, body: UpdateUserDto): Promise<UserDto> {
    const userId = (await this.get(id)).id as UserId;
    const suspended = body.suspended ?? undefined;
    const changes = { identifiers: toIdentifiers(body), suspended };
    await this.dataSource.transaction(async (transaction) => {
      await this.users.update(userId, changes, transaction);
      if (suspended) await this.sessions.endAll(userId, transaction);
    });
    return this.get(id);
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
        await this.sessions.endAll(userId, transaction);
        return this.users.delete(userId, transaction);
      }));
    if (!deleted) throw new ExperienceException('user.user_not_exist');
  }
}
