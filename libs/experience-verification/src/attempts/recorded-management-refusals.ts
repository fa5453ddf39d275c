import { Inject, Injectable } from '@nestjs/common';
import type { ManagementRefusals } from '../api/management-refusals';
import { AuditService } from '../audit/audit.service';
import type { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { LimitEvents } from '../limits/limit-events';
import { networkOf } from '../limits/limit-key';
import { RateLimits } from '../limits/rate-limits.service';
import { callerOf, type HttpRequest } from '../ports/http-exchange';
import type { RpId } from '../webauthn/webauthn-types';

/** Refused management calls from one address in `WINDOW`. Who has a right token is never kept waiting by them. */
const LIMIT = 20;
/** Milliseconds. */
const WINDOW = 60_000;

/** Counts refused management calls by address, and records each up to the limit. */
@Injectable()
export class RecordedManagementRefusals implements ManagementRefusals {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly rates: RateLimits,
    private readonly audit: AuditService,
    private readonly limitEvents: LimitEvents,
  ) {}

  async of(error: ExperienceException, rpId: RpId, request: HttpRequest): Promise<ExperienceException> {
    const caller = callerOf(request);
    if (this.options.limits !== null && caller.ip !== undefined) {
      const key = `management refusals ${networkOf(caller.ip)}`;
      try {
        await this.rates.admit([{ key, limit: LIMIT, window: WINDOW }]);
      } catch (refused) {
        await this.limitEvents.record(refused, rpId, caller);
        return refused as ExperienceException;
      }
    }
    await this.audit.recordRefusal(
      { type: 'management.refused', rpId, userId: null, details: {} },
      error,
      caller,
    );
    return error;
  }
}
