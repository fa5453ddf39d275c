import { type ArgumentsHost, Catch, type ExceptionFilter, Injectable, Logger } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import { toExperienceException } from '../api/exception-to-answer';

/** Errors as the tools expect them: `status: failed`, and why. */
@Catch()
@Injectable()
export class ConformanceExceptionFilter implements ExceptionFilter {
  private readonly logger = new Logger(ConformanceExceptionFilter.name);

  constructor(private readonly adapterHost: HttpAdapterHost) {}

  catch(error: unknown, host: ArgumentsHost): void {
    const exception = toExperienceException(error);
    const { reason, step } = exception.details;
    this.logger.debug({ code: exception.code, reason, step });
    const body = { status: 'failed', errorMessage: exception.message };
    this.adapterHost.httpAdapter.reply(host.switchToHttp().getResponse(), body, exception.getStatus());
  }
}
