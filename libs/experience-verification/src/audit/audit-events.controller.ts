import { Readable } from 'node:stream';
import { Get, Inject, Query, StreamableFile } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors } from '../errors/api-errors.decorator';
import { ApiController } from '../api/api-controller.decorator';
import { RelyingParty } from '../api/exchange.decorators';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { ApiPaging, nextCursorOf, readPaging } from '../api/paging';
import { Management, MANAGEMENT_ERRORS } from '../api/management-token.guard';
import { AuditEventPageDto } from './audit-event.dto';
import { ApiAuditFilter, type AuditFilterQuery, readAuditFilter } from './audit-filter';
import { type AuditQuery, AuditRepository } from './audit.repository';

const JSON_LINES = 'application/jsonl';

/** Events that one statement of an export reads. */
const EXPORTED_AT_ONCE = 500;

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
  @ApiAuditFilter()
  @ApiPaging()
  @ApiOkResponse({ type: AuditEventPageDto, description: 'A page of events.' })
  @ApiErrors(['guard.invalid_input', ...MANAGEMENT_ERRORS])
  async list(
    @RelyingParty() relyingParty: RelyingParty,
    @Query() query: AuditFilterQuery,
  ): Promise<AuditEventPageDto> {
    const paging = readPaging(query.cursor, query.limit);
    const events = await this.events.list({
      ...readAuditFilter(query),
      rpIds: this.idsOf(relyingParty),
      before: paging.cursor,
      limit: paging.limit + 1,
    });
    return { events: events.slice(0, paging.limit), nextCursor: nextCursorOf(events, paging.limit) };
  }

  @Management('audit')
  @Get('export')
  @ApiOperation({
    summary: 'Export audit events',
    description: 'All of them, newest first, one JSON object a line (JSON Lines), as they are listed.',
  })
  @ApiAuditFilter()
  @ApiOkResponse({
    description: 'A file, as long as it takes: one that ends early was cut off by a fault.',
    content: { [JSON_LINES]: { schema: { type: 'string' } } },
  })
  @ApiErrors(['guard.invalid_input', ...MANAGEMENT_ERRORS])
  export(@RelyingParty() relyingParty: RelyingParty, @Query() query: AuditFilterQuery): StreamableFile {
    const filter = { ...readAuditFilter(query), rpIds: this.idsOf(relyingParty) };
    const disposition = 'attachment; filename="audit-events.jsonl"';
    return new StreamableFile(Readable.from(this.lines(filter)), { type: JSON_LINES, disposition });
  }

  private async *lines(filter: Omit<AuditQuery, 'limit'>): AsyncGenerator<string> {
    let before: string | undefined;
    do {
      const events = await this.events.list({ ...filter, before, limit: EXPORTED_AT_ONCE });
      if (events.length > 0) yield events.map((event) => `${JSON.stringify(event)}\n`).join('');
      before = events.length === EXPORTED_AT_ONCE ? events.at(-1)?.id : undefined;
    } while (before !== undefined);
  }

  /** The module's own relying party has what no tenant has: events of a domain that it had before, too. */
  private idsOf({ id, tenant }: RelyingParty) {
    const { own, all } = this.options.relyingParties;
    if (tenant !== own.tenant) return { only: [id] };
    return { but: all.filter((other) => other.tenant !== tenant).map((other) => other.id) };
  }
}
