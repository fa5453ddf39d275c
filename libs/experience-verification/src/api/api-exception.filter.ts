import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { toExperienceException } from './exception-to-answer';
import { type HttpResponse, nodeResponse } from '../ports/http-exchange';

/** Seconds after which a client may try again when the database is away. */
const RETRY_AFTER_SECONDS = 1;

interface FailedRequest {
  method: string;
  url: string;
  id?: unknown;
}

/**
 * Answers every error in the contract's one shape, and logs the reason that the client is not told.
 * The module's controllers use it; a host may use it for everything else too.
 */
@Catch()
@Injectable()
export class ApiExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger(ApiExceptionFilter.name);

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const http = host.switchToHttp();
    this.respond(error, http.getRequest<FailedRequest>(), http.getResponse<HttpResponse>());
  }

  respond(error: unknown, request: FailedRequest, response: HttpResponse): void {
    const exception = toExperienceException(error);
    const status = exception.getStatus();
    const entry = {
      code: exception.code,
      reason: exception.details.reason,
      step: exception.details.step,
      method: request.method,
      path: request.url.split('?')[0],
      requestId: request.id,
    };
    if (status === 500)
      this.logger.error({ ...entry, stack: error instanceof Error ? error.stack : undefined });
    else if (exception.details.reason) this.logger.warn(entry);
    else this.logger.debug(entry);
    // What a cookie would stand for was undone with the transaction.
    if (status >= 500) nodeResponse(response).removeHeader('set-cookie');
    const retryAfter = exception.details.retryAfter ?? (status === 503 ? RETRY_AFTER_SECONDS : undefined);
    if (retryAfter !== undefined) nodeResponse(response).setHeader('retry-after', retryAfter);
    this.answer(response, exception.getResponse(), status);
  }

  protected answer(response: HttpResponse, body: unknown, status: number): void {
    nodeResponse(response).setHeader('cache-control', 'no-store');
    this.adapterHost.httpAdapter.reply(response, body, status);
  }
}
