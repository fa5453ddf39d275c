import { Injectable } from '@nestjs/common';
import {
  type AuditEventType,
  AuditService,
  ExperienceException,
  nextCursorOf,
  readPaging,
  type RpId,
  type UserGroups,
  type UserId,
  violatedUniqueConstraint,
} from 'nestjs-passkey-sign-in';
import type { EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import type { Asking } from '../applications/applications.service';
import type { GroupDto, GroupMembersDto, WriteGroupDto } from './group.dto';
import { GroupsRepository } from './groups.repository';

/** Groups of users, each change with its audit event. */
@Injectable()
export class GroupsService implements UserGroups {
  constructor(
    private readonly groups: GroupsRepository,
    private readonly audit: AuditService,
  ) {}

  list(rpId: string): Promise<GroupDto[]> {
    return this.groups.list(rpId);
  }

  /** @throws ExperienceException `group.not_found` */
  async get(id: string, rpId: string): Promise<GroupDto> {
    const found = await this.groups.find(id, rpId);
    if (!found) throw new ExperienceException('group.not_found');
    return found;
  }

  /** @throws ExperienceException `group.not_found`; `guard.invalid_input` for a cursor or limit that can't be one */
  async members(id: string, rpId: string, cursor?: string, limit?: string): Promise<GroupMembersDto> {
    await this.get(id, rpId);
    const paging = readPaging(cursor, limit);
    const rows = await this.groups.members(id, paging.limit + 1, paging.cursor ?? null);
    return {
      members: rows.slice(0, paging.limit).map((row) => row.id),
      nextCursor: nextCursorOf(rows, paging.limit),
    };
  }

  /** @throws ExperienceException `group.name_already_in_use` */
  async create({ name }: WriteGroupDto, asking: Asking): Promise<GroupDto> {
    const group = { id: uuidV7(), name };
    await this.change('group.created', group.id, asking, (transaction) =>
      this.groups.insert(group, asking.rpId, transaction),
    );
    return group;
  }

  /** @throws ExperienceException `group.not_found`, `group.name_already_in_use` */
  async rename(id: string, { name }: WriteGroupDto, asking: Asking): Promise<GroupDto> {
    await this.change('group.changed', id, asking, async (transaction) => {
      await this.lock(id, asking, transaction);
      await this.groups.rename(id, name, transaction);
    });
    return { id, name };
  }

  /** @throws ExperienceException `group.not_found` */
  async delete(id: string, asking: Asking): Promise<void> {
    await this.change('group.deleted', id, asking, async (transaction) => {
      await this.lock(id, asking, transaction);
      await this.groups.delete(id, transaction);
    });
  }

  /**
   * Where it is so already, nothing is written.
   * @throws ExperienceException `group.not_found`, `user.user_not_exist`, also of another relying party's
   */
  async setMember(
    id: string,
    userId: string,
    isMember: boolean,
    asking: Asking & { tenant: string },
  ): Promise<void> {
    const act = async (transaction: EntityManager): Promise<boolean> => {
      await this.lock(id, asking, transaction);
      if (!(await this.groups.keepUser(userId, asking.tenant, transaction))) {
        throw new ExperienceException('user.user_not_exist');
      }
      return this.groups.setMember(id, userId, isMember, transaction);
    };
    await this.change('group.members-changed', id, asking, act, userId as UserId);
  }

  known(ids: string[], rpId: RpId): Promise<string[]> {
    return this.groups.known(ids, rpId);
  }

  join(ids: string[], userId: UserId, rpId: RpId, transaction: EntityManager): Promise<boolean> {
    return this.groups.join(ids, userId, rpId, transaction);
  }

  /** @throws ExperienceException `group.not_found` */
  private async lock(id: string, { rpId }: Asking, transaction: EntityManager): Promise<void> {
    if (!(await this.groups.lock(id, rpId, transaction))) throw new ExperienceException('group.not_found');
  }

  /** In one transaction with the event that tells of it; there is none when `act` answers that nothing was changed. */
  private async change(
    type: AuditEventType,
    group: string,
    { rpId, caller }: Asking,
    act: (transaction: EntityManager) => Promise<unknown>,
    userId: UserId | null = null,
  ): Promise<void> {
    try {
      const event = { type, rpId, userId, details: { group } };
      await this.audit.transaction(caller, async (transaction) => ({
        event: (await act(transaction)) === false ? null : event,
      }));
    } catch (error) {
      if (violatedUniqueConstraint(error) === null) throw error;
      throw new ExperienceException('group.name_already_in_use');
    }
  }
}
