import { HttpException } from '@nestjs/common';
import { isDatabaseUnavailable } from '../database/database-availability';
import type { ErrorCode } from '../errors/error-catalog';
import { ExperienceException } from '../errors/experience.exception';

const CODE_OF_STATUS: Partial<Record<number, ErrorCode>> = {
  400: 'guard.invalid_input',
  401: 'auth.unauthorized',
  403: 'auth.forbidden',
  404: 'request.not_found',
  405: 'request.not_found',
  413: 'request.body_too_large',
  415: 'request.unsupported_media_type',
  429: 'request.too_many',
};

/** The catalog's error for anything thrown, from any layer: ours, the framework's, the body parser's, the database's. */
export function toExperienceException(error: unknown): ExperienceException {
  if (error instanceof ExperienceException) return error;
  const reason = error instanceof Error ? error.message : String(error);
  if (isDatabaseUnavailable(error)) return new ExperienceException('database.unavailable', { reason });
  const code = CODE_OF_STATUS[statusOf(error)] ?? 'server.internal_error';
  const data = code === 'guard.invalid_input' ? { body: ['must be valid JSON'] } : undefined;
  return new ExperienceException(code, { reason, data });
}

function statusOf(error: unknown): number {
  if (error instanceof HttpException) return error.getStatus();
  const status =
    typeof error === 'object' && error !== null && 'statusCode' in error ? error.statusCode : 500;
  return typeof status === 'number' ? status : 500;
}
