import { Body, Get, Inject, Injectable, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam, ApiProperty } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { IsObject } from 'class-validator';
import {
  ApiController,
  ApiErrors,
  AuditService,
  BODY_ERRORS,
  Caller,
  ExperienceException,
  ExposeRaw,
  isUuid,
  Management,
  MANAGEMENT_ERRORS,
  RelyingParty,
  TABLES,
  type UserId,
} from 'nestjs-passkey-sign-in';
import { DataSource, type EntityManager } from 'typeorm';
import type { Asking } from '../applications/applications.service';
import { whyNoCustomClaims } from './custom-claims';

export class CustomClaimsDto {
  @ApiProperty({
    type: Object,
    description: 'By their names, as applications are told them: any JSON, of at most 4096 bytes together.',
    example: { department: 'Sales', 'https://example.com/level': 3 },
  })
  @ExposeRaw()
  @IsObject()
  claims!: Record<string, unknown>;
}

type AskingOf = Asking & { tenant: string };

const CHANGED = { changed: ['claims'] };

/** Claims of users and groups that management decides; each change has its audit event. */
@Injectable()
export class CustomClaimsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    private readonly audit: AuditService,
  ) {}

  /** @throws ExperienceException `user.user_not_exist` */
  async ofUser(id: string, tenant: string): Promise<CustomClaimsDto> {
    const [found] = isUuid(id)
      ? await this.dataSource.query<CustomClaimsDto[]>(
          `SELECT coalesce(c.claims, '{}') AS claims FROM ${this.tables}users u
             LEFT JOIN ${this.tables}user_claims c ON c.user_id = u.id
            WHERE u.id = $1 AND coalesce(u.tenant, $2) = $2`,
          [id, tenant],
        )
      : [];
    if (!found) throw new ExperienceException('user.user_not_exist');
    return found;
  }

  /** @throws ExperienceException `group.not_found` */
  async ofGroup(id: string, rpId: string): Promise<CustomClaimsDto> {
    const [found] = isUuid(id)
      ? await this.dataSource.query<CustomClaimsDto[]>(
          `SELECT claims FROM ${this.tables}groups WHERE id = $1 AND relying_party_id = $2`,
          [id, rpId],
        )
      : [];
    if (!found) throw new ExperienceException('group.not_found');
    return found;
  }

  /** @throws ExperienceException `guard.invalid_input`, `user.user_not_exist` */
  async setOfUser(id: string, { claims }: CustomClaimsDto, asking: AskingOf): Promise<CustomClaimsDto> {
    check(claims);
    await this.change(
      { type: 'user.changed', userId: id as UserId, details: CHANGED },
      asking,
      async (transaction) => {
        const known = isUuid(id)
          ? await transaction.query<unknown[]>(
              `SELECT id FROM ${this.tables}users WHERE id = $1 AND coalesce(tenant, $2) = $2 FOR KEY SHARE`,
              [id, asking.tenant],
            )
          : [];
        if (known.length === 0) throw new ExperienceException('user.user_not_exist');
        await transaction.query(
          `INSERT INTO ${this.tables}user_claims (user_id, claims) VALUES ($1, $2)
         ON CONFLICT (user_id) DO UPDATE SET claims = excluded.claims`,
          [id, JSON.stringify(claims)],
        );
      },
    );
    return { claims };
  }

  /** @throws ExperienceException `guard.invalid_input`, `group.not_found` */
  async setOfGroup(id: string, { claims }: CustomClaimsDto, asking: Asking): Promise<CustomClaimsDto> {
    check(claims);
    await this.change(
      { type: 'group.changed', userId: null, details: { group: id, ...CHANGED } },
      asking,
      async (transaction) => {
        const [, changed] = isUuid(id)
          ? await transaction.query<[unknown, number]>(
              `UPDATE ${this.tables}groups SET claims = $3 WHERE id = $1 AND relying_party_id = $2`,
              [id, asking.rpId, JSON.stringify(claims)],
            )
          : [null, 0];
        if (changed === 0) throw new ExperienceException('group.not_found');
      },
    );
    return { claims };
  }

  /** In one transaction with the event that tells of it. */
  private async change(
    about: Omit<Parameters<AuditService['write']>[0], 'rpId'>,
    { rpId, caller }: Asking,
    act: (transaction: EntityManager) => Promise<void>,
  ): Promise<void> {
    await this.audit.transaction(caller, async (transaction) => {
      await act(transaction);
      return { event: { ...about, rpId } };
    });
  }
}

function check(claims: Record<string, unknown>): void {
  const why = whyNoCustomClaims(claims);
  if (why !== null) throw new ExperienceException('guard.invalid_input', { data: { claims: [why] } });
}

const ApiUserId = () => ApiParam({ name: 'id', example: '9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10' });
const ApiGroupId = () => ApiParam({ name: 'id', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607184' });

@ApiController('api', 'Applications')
export class CustomClaimsController {
  constructor(private readonly service: CustomClaimsService) {}

  @Management('users:read')
  @Get('users/:id/claims')
  @ApiUserId()
  @ApiOperation({ summary: 'Get claims of a user', description: 'Those that management has given.' })
  @ApiOkResponse({ type: CustomClaimsDto, description: 'The claims.' })
  @ApiErrors([...MANAGEMENT_ERRORS, 'user.user_not_exist'])
  ofUser(@Param('id') id: string, @RelyingParty() { tenant }: RelyingParty): Promise<CustomClaimsDto> {
    return this.service.ofUser(id, tenant);
  }

  @Management('users:write')
  @Put('users/:id/claims')
  @ApiUserId()
  @ApiOperation({
    summary: 'Give a user claims',
    description: 'In place of those before. Applications are told them by the scope `profile`.',
  })
  @ApiOkResponse({ type: CustomClaimsDto, description: 'Given.' })
  @ApiErrors([...BODY_ERRORS, ...MANAGEMENT_ERRORS, 'user.user_not_exist'])
  setOfUser(
    @Param('id') id: string,
    @Body() body: CustomClaimsDto,
    @RelyingParty() { id: rpId, tenant }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<CustomClaimsDto> {
    return this.service.setOfUser(id, body, { rpId, tenant, caller });
  }

  @Management('groups')
  @Get('groups/:id/claims')
  @ApiGroupId()
  @ApiOperation({ summary: 'Get claims of a group', description: 'Those that management has given.' })
  @ApiOkResponse({ type: CustomClaimsDto, description: 'The claims.' })
  @ApiErrors([...MANAGEMENT_ERRORS, 'group.not_found'])
  ofGroup(@Param('id') id: string, @RelyingParty() { id: rpId }: RelyingParty): Promise<CustomClaimsDto> {
    return this.service.ofGroup(id, rpId);
  }

  @Management('groups')
  @Put('groups/:id/claims')
  @ApiGroupId()
  @ApiOperation({
    summary: 'Give a group claims',
    description: 'In place of those before. Applications are told them of its members by the scope `groups`.',
  })
  @ApiOkResponse({ type: CustomClaimsDto, description: 'Given.' })
  @ApiErrors([...BODY_ERRORS, ...MANAGEMENT_ERRORS, 'group.not_found'])
  setOfGroup(
    @Param('id') id: string,
    @Body() body: CustomClaimsDto,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<CustomClaimsDto> {
    return this.service.setOfGroup(id, body, { rpId, caller });
  }
}
