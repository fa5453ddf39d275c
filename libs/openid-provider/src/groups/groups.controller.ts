import {
  Body,
  Delete,
  Get,
  HttpCode,
  Inject,
  Injectable,
  Param,
  Patch,
  Post,
  Put,
  Query,
} from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProperty,
} from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { IsString, Length } from 'class-validator';
import {
  ApiController,
  ApiErrors,
  ApiPaging,
  type AuditEventType,
  AuditService,
  BODY_ERRORS,
  Caller,
  ExperienceException,
  Expose,
  isUuid,
  IsVisibleText,
  Management,
  MANAGEMENT_ERRORS,
  nextCursorOf,
  readPaging,
  RelyingParty,
  type RpId,
  TABLES,
  type UserGroups,
  type UserId,
  violatedUniqueConstraint,
} from 'nestjs-passkey-sign-in';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import type { Asking } from '../applications/applications.service';

export class WriteGroupDto {
  @ApiProperty({ description: 'As applications are told it.', example: 'staff', maxLength: 100 })
  @Expose()
  @IsString()
  @Length(1, 100)
  @IsVisibleText()
  name!: string;
}

export class GroupDto extends WriteGroupDto {
  @ApiProperty({ description: 'By which it is changed.', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607184' })
  id!: string;
}

export class GroupMembersDto {
  @ApiProperty({
    type: [String],
    description: 'Ids of its members, in their order.',
    example: ['9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10'],
  })
  members!: string[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last.' })
  nextCursor!: string | null;
}

/** Groups of users, each change with its audit event. */
@Injectable()
export class GroupsService implements UserGroups {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    private readonly audit: AuditService,
  ) {}

  list(rpId: string): Promise<GroupDto[]> {
    return this.dataSource.query(
      `SELECT id, name FROM ${this.tables}groups WHERE relying_party_id = $1 ORDER BY name`,
      [rpId],
    );
  }

  async get(id: string, rpId: string): Promise<GroupDto> {
    const [found] = isUuid(id)
      ? await this.dataSource.query<GroupDto[]>(
          `SELECT id, name FROM ${this.tables}groups WHERE id = $1 AND relying_party_id = $2`,
          [id, rpId],
        )
      : [];
    if (!found) throw new ExperienceException('group.not_found');
    return found;
  }

  /** @throws ExperienceException `group.not_found`; `guard.invalid_input` for a cursor or limit that can't be one */
  async members(id: string, rpId: string, cursor?: string, limit?: string): Promise<GroupMembersDto> {
    await this.get(id, rpId);
    const paging = readPaging(cursor, limit);
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT user_id AS id FROM ${this.tables}group_members
        WHERE group_id = $1 AND ($2::uuid IS NULL OR user_id > $2) ORDER BY user_id LIMIT $3`,
      [id, paging.cursor ?? null, paging.limit + 1],
    );
    return {
      members: rows.slice(0, paging.limit).map((row) => row.id),
      nextCursor: nextCursorOf(rows, paging.limit),
    };
  }

  /** @throws ExperienceException `group.name_already_in_use` */
  async create({ name }: WriteGroupDto, asking: Asking): Promise<GroupDto> {
    const group = { id: uuidV7(), name };
    await this.change('group.created', group.id, asking, async (transaction) => {
      await transaction.query(
        `INSERT INTO ${this.tables}groups (id, relying_party_id, name) VALUES ($1, $2, $3)`,
        [...[group.id, asking.rpId, name]],
      );
    });
    return group;
  }

  async rename(id: string, { name }: WriteGroupDto, asking: Asking): Promise<GroupDto> {
    await this.change('group.changed', id, asking, async (transaction) => {
      await this.lock(id, asking, transaction);
      await transaction.query(`UPDATE ${this.tables}groups SET name = $2 WHERE id = $1`, [id, name]);
    });
    return { id, name };
  }

  async delete(id: string, asking: Asking): Promise<void> {
    await this.change('group.deleted', id, asking, async (transaction) => {
      await this.lock(id, asking, transaction);
      await transaction.query(`DELETE FROM ${this.tables}groups WHERE id = $1`, [id]);
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
      const [known] = isUuid(userId)
        ? await transaction.query<unknown[]>(
            `SELECT id FROM ${this.tables}users WHERE id = $1 AND coalesce(tenant, $2) = $2 FOR KEY SHARE`,
            [userId, asking.tenant],
          )
        : [];
      if (!known) throw new ExperienceException('user.user_not_exist');
      const table = `${this.tables}group_members`;
      const [{ changed }] = await transaction.query<[{ changed: boolean }]>(
        isMember
          ? `WITH done AS (INSERT INTO ${table} (group_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING true)
             SELECT EXISTS (SELECT FROM done) AS changed`
          : `WITH done AS (DELETE FROM ${table} WHERE group_id = $1 AND user_id = $2 RETURNING true)
             SELECT EXISTS (SELECT FROM done) AS changed`,
        [id, userId],
      );
      return changed;
    };
    await this.change('group.members-changed', id, asking, act, userId as UserId);
  }

  async known(ids: string[], rpId: RpId): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM ${this.tables}groups WHERE id = ANY ($1) AND relying_party_id = $2`,
      [ids, rpId],
    );
    return rows.map(({ id }) => id);
  }

  async join(ids: string[], userId: UserId, rpId: RpId, transaction: EntityManager): Promise<boolean> {
    const joined = await transaction.query<unknown[]>(
      `WITH kept AS (
         SELECT id FROM ${this.tables}groups WHERE id = ANY ($1) AND relying_party_id = $3 FOR KEY SHARE)
       INSERT INTO ${this.tables}group_members (group_id, user_id) SELECT id, $2 FROM kept RETURNING group_id`,
      [ids, userId, rpId],
    );
    return joined.length === ids.length;
  }

  /** @throws ExperienceException `group.not_found` */
  private async lock(id: string, { rpId }: Asking, transaction: EntityManager): Promise<void> {
    const found = isUuid(id)
      ? await transaction.query<unknown[]>(
          `SELECT id FROM ${this.tables}groups WHERE id = $1 AND relying_party_id = $2 FOR UPDATE`,
          [id, rpId],
        )
      : [];
    if (found.length === 0) throw new ExperienceException('group.not_found');
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

const ApiGroupId = () => ApiParam({ name: 'id', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607184' });
const ApiMemberId = () => ApiParam({ name: 'userId', example: '9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10' });

@ApiController('api/groups', 'Applications')
export class GroupsController {
  constructor(private readonly service: GroupsService) {}

  @Management('groups')
  @Post()
  @ApiOperation({ summary: 'Add a group', description: 'Applications are told it by the scope `groups`.' })
  @ApiCreatedResponse({ type: GroupDto, description: 'Added.' })
  @ApiErrors([...BODY_ERRORS, ...MANAGEMENT_ERRORS, 'group.name_already_in_use'])
  create(
    @Body() body: WriteGroupDto,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<GroupDto> {
    return this.service.create(body, { rpId, caller });
  }

  @Management('groups')
  @Get()
  @ApiOperation({ summary: 'List groups', description: 'All of them, by name.' })
  @ApiOkResponse({ type: [GroupDto], description: 'The groups.' })
  @ApiErrors([...MANAGEMENT_ERRORS])
  list(@RelyingParty() { id: rpId }: RelyingParty): Promise<GroupDto[]> {
    return this.service.list(rpId);
  }

  @Management('groups')
  @Get(':id')
  @ApiGroupId()
  @ApiOperation({ summary: 'Get a group', description: 'One group by its id.' })
  @ApiOkResponse({ type: GroupDto, description: 'The group.' })
  @ApiErrors([...MANAGEMENT_ERRORS, 'group.not_found'])
  get(@Param('id') id: string, @RelyingParty() { id: rpId }: RelyingParty): Promise<GroupDto> {
    return this.service.get(id, rpId);
  }

  @Management('groups')
  @Patch(':id')
  @ApiGroupId()
  @ApiOperation({
    summary: 'Rename a group',
    description: 'Applications that it is given to must be told the new name.',
  })
  @ApiOkResponse({ type: GroupDto, description: 'Renamed.' })
  @ApiErrors([...BODY_ERRORS, ...MANAGEMENT_ERRORS, 'group.not_found', 'group.name_already_in_use'])
  rename(
    @Param('id') id: string,
    @Body() body: WriteGroupDto,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<GroupDto> {
    return this.service.rename(id, body, { rpId, caller });
  }

  @Management('groups')
  @Delete(':id')
  @HttpCode(204)
  @ApiGroupId()
  @ApiOperation({
    summary: 'Delete a group',
    description: 'Nobody is in it any more; an application for it alone lets nobody in.',
  })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'group.not_found'])
  delete(
    @Param('id') id: string,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.service.delete(id, { rpId, caller });
  }

  @Management('groups')
  @Get(':id/members')
  @ApiGroupId()
  @ApiOperation({ summary: 'List the members of a group', description: 'Their ids, page by page.' })
  @ApiPaging()
  @ApiOkResponse({ type: GroupMembersDto, description: 'A page of members.' })
  @ApiErrors(['guard.invalid_input', ...MANAGEMENT_ERRORS, 'group.not_found'])
  listMembers(
    @Param('id') id: string,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Query('cursor') cursor?: string,
    @Query('limit') limit?: string,
  ): Promise<GroupMembersDto> {
    return this.service.members(id, rpId, cursor, limit);
  }

  @Management('groups')
  @Put(':id/members/:userId')
  @HttpCode(204)
  @ApiGroupId()
  @ApiMemberId()
  @ApiOperation({ summary: 'Add a member', description: 'The user is in the group from now on.' })
  @ApiNoContentResponse({ description: 'In the group.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'group.not_found', 'user.user_not_exist'])
  add(
    @Param('id') id: string,
    @Param('userId') userId: string,
    @RelyingParty() { id: rpId, tenant }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.service.setMember(id, userId, true, { rpId, tenant, caller });
  }

  @Management('groups')
  @Delete(':id/members/:userId')
  @HttpCode(204)
  @ApiGroupId()
  @ApiMemberId()
  @ApiOperation({ summary: 'Remove a member', description: 'The user is in the group no more.' })
  @ApiNoContentResponse({ description: 'Not in the group.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'group.not_found', 'user.user_not_exist'])
  remove(
    @Param('id') id: string,
    @Param('userId') userId: string,
    @RelyingParty() { id: rpId, tenant }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.service.setMember(id, userId, false, { rpId, tenant, caller });
  }
}
