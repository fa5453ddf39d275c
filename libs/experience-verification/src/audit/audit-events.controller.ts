import { Get, Inject, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiQuery } from '@nestjs/swagger';
import { ApiErrors } from '../errors/api-errors.decorator';
import { ApiController } from '../api/api-controller.decorator';
import { RelyingParty } from '../api/exchange.decorators';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { ApiPaging, nextCursorOf, readPaging } from '../api/paging';
import { ExperienceException } from '../errors/experience.exception';
import { Management, MANAGEMENT_ERRORS } from '../api/management-token.guard';
import { isUuid, type UserId } from '../webauthn/webauthn-types';
import { AUDIT_EVENTS, type AuditEventType } from './audit-event';
import { AuditEventPageDto } from './audit-event.dto';
import { AuditRepository } from './audit.repository';

@ApiController('api/audit-events', 'Management')
export class AuditEventsController {
  constructor(
    private readonly events: AuditRepository,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  @Management('audit')
  @Get()
  @ApiOperation({
    summary: 'List audit events',
    description:
      "Outcomes of ceremonies with their exact reasons, and changes of passkeys, newest first, page by page. Users' own devices and addresses are in it: treat it as personal data.",
  })
  @ApiQuery({ name: 'userId', required: false, description: 'Of this user only.' })
  @ApiQuery({
    name: 'type',
    required: false,
    enum: Object.keys(AUDIT_EVENTS),
    description: 'Of this type only.',
  })
  @ApiPaging()
  @ApiOkResponse({ type: AuditEventPageDto, description: 'A page of events.' })
  @ApiErrors(['guard.invalid_input', ...MANAGEMENT_ERRORS])
  async list(
    @RelyingParty() relyingParty: RelyingParty,
    @Query('userId') userId?: string,
    @Query('type') type?: string,
    @Query('cursor') cursor?: string,
    @Query('limit') limit?: string,
  ): Promise<AuditEventPageDto> {
    const paging = readPaging(cursor, limit);
    const data: Record<string, string[]> = {};
    if (userId !== undefined && !isUuid(userId)) data['userId'] = ['must be the id of a user'];
    if (type !== undefined && !Object.hasOwn(AUDIT_EVENTS, type)) data['type'] = ['must be a known type'];
    if (Object.keys(data).length > 0) throw new ExperienceException('guard.invalid_input', { data });
    const events = await this.events.list({
      rpIds: this.idsOf(relyingParty),
      userId: userId as UserId | undefined,
      type: type as AuditEventType | undefined,
      before: paging.cursor,
      limit: paging.limit + 1,
    });
    return { events: events.slice(0, paging.limit), nextCursor: nextCursorOf(events, paging.limit) };
  }

  /** The module's own relying party has what no tenant has: events of a domain that it had before, too. */
  private idsOf({ id, tenant }: RelyingParty) {
    const { own, all } = this.options.relyingParties;
    if (tenant !== own.tenant) return { only: [id] };
    return { but: all.filter((other) => other.tenant !== tenant).map((other) => other.id) };
  }
}
