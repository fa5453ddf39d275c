import { HttpException } from '@nestjs/common';
import { ERRORS, type ErrorCode } from './error-catalog';

/** The one shape of every error answer. */
export interface ErrorBody {
  code: ErrorCode;
  message: string;
  data?: unknown;
}

/**
 * An error of the API. It is an HttpException whose response already has the contract's shape, so that it
 * reads the same in a host that has no filter of ours.
 */
export class ExperienceException extends HttpException {
  /**
   * @param code a code of the catalog; status and message come from there
   * @param details `data` is told to the client, `reason` and `step` only to the log, `retryAfter` (seconds) as a header
   */
  constructor(
    readonly code: ErrorCode,
    readonly details: { data?: unknown; reason?: string; step?: string; retryAfter?: number } = {},
  ) {
    const { status, message } = ERRORS[code];
    const body: ErrorBody = { code, message };
    if (details.data !== undefined) body.data = details.data;
    super(body, status);
  }
}
