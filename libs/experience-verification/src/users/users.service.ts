import { Injectable } from '@nestjs/common';
import { ExperienceException } from '../errors/experience.exception';
import { isUuid, type UserId } from '../webauthn-types';
import { toIdentifier } from './identifier.dto';
import { type CreateUserDto, type UpdateUserDto, UserDto, type UserPageDto } from './user.dto';
import { type UserChanges, UsersRepository } from './users.repository';

const PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 200;

/** Management of users. */
@Injectable()
export class UsersService {
  constructor(private readonly users: UsersRepository) {}

  /** @throws ExperienceException `guard.invalid_input` without any identifier, `user.*_already_in_use` */
  async create(body: CreateUserDto): Promise<UserDto> {
    const identifiers = toChanges(body);
    if (Object.keys(identifiers).length === 0) {
      throw new ExperienceException('guard.invalid_input', {
        data: { body: ['must have a username, a primaryEmail or a primaryPhone'] },
      });
    }
    return UserDto.of(await this.users.insert(identifiers));
  }

  /** @throws ExperienceException `user.user_not_exist` */
  async get(id: string): Promise<UserDto> {
    const user = isUuid(id) && (await this.users.find(id as UserId));
    if (!user) throw new ExperienceException('user.user_not_exist');
    return UserDto.of(user);
  }

  /** @throws ExperienceException `guard.invalid_input` for a cursor or limit that can't be one */
  async list(cursor?: string, limit?: string): Promise<UserPageDto> {
    const size = limit === undefined ? PAGE_SIZE : Number(limit);
    const data: Record<string, string[]> = {};
    if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE_SIZE)
      data['limit'] = [`must be 1 to ${MAX_PAGE_SIZE}`];
    if (cursor !== undefined && !isUuid(cursor)) data['cursor'] = ['must be a nextCursor of an earlier page'];
    if (Object.keys(data).length > 0) throw new ExperienceException('guard.invalid_input', { data });
    const users = await this.users.list(size + 1, cursor as UserId | undefined);
    const page = users.slice(0, size);
    return {
      users: page.map((user) => UserDto.of(user)),
      nextCursor: users.length > size ? (page.at(-1)?.id ?? null) : null,
    };
  }

  /** @throws ExperienceException `user.user_not_exist`, `user.*_already_in_use` */
  async update(id: string, body: UpdateUserDto): Promise<UserDto> {
    const { suspended } = body;
    await this.get(id);
    await this.users.update(id as UserId, { ...toChanges(body), ...(suspended != null && { suspended }) });
    return this.get(id);
  }

  /** @throws ExperienceException `user.user_not_exist` */
  async delete(id: string): Promise<void> {
    if (!isUuid(id) || !(await this.users.delete(id as UserId))) {
      throw new ExperienceException('user.user_not_exist');
    }
  }
}

function toChanges({ username, primaryEmail, primaryPhone }: CreateUserDto): UserChanges {
  const changes: UserChanges = {};
  if (username != null)
    changes.username = toIdentifier({ type: 'username', value: username }, 'username').value;
  if (primaryEmail != null) {
    changes.primaryEmail = toIdentifier({ type: 'email', value: primaryEmail }, 'primaryEmail').value;
  }
  if (primaryPhone != null) {
    changes.primaryPhone = toIdentifier({ type: 'phone', value: primaryPhone }, 'primaryPhone').value;
  }
  return changes;
}
