import { Injectable } from '@nestjs/common';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import type { Caller } from '../ports/http-exchange';
import type { RpId } from '../webauthn/webauthn-types';
import { networkOf } from './limit-key';
import { RecentMap } from './recent-map';

/**
 * Records that somebody has reached a limit: once until the caller may try again, however much is asked meanwhile, so
 * that refusals wear nothing out.
 */
@Injectable()
export class LimitEvents {
  private readonly recordedUntil = new RecentMap<number>(10_000);

  constructor(private readonly audit: AuditService) {}

  /** @param error as a limit or a lock has thrown it; other errors are none of its */
  async record(error: unknown, rpId: RpId, caller: Caller): Promise<void> {
    if (!(error instanceof ExperienceException) || error.code !== 'request.too_many') return;
    const { reason = '', retryAfter = 1 } = error.details;
    const key = `${networkOf(caller.ip ?? '')} ${reason}`;
    const now = performance.now();
    if ((this.recordedUntil.get(key) ?? 0) > now) return;
    this.recordedUntil.set(key, now + retryAfter * 1000);
    await this.audit.recordRefusal({ type: 'limit.reached', rpId, userId: null, details: {} }, error, caller);
  }
}
