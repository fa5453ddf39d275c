import { isNativeError } from 'node:util/types';
import {
  QueryFailedError,
  QueryRunnerAlreadyReleasedError,
  QueryRunnerProviderAlreadyReleasedError,
} from 'typeorm';

/**
 * SQLSTATE classes and codes (PostgreSQL, appendix A) and socket errors that mean "the database is away or
 * has no room for us now": connection exceptions, too many connections, shutting down, query cancelled by
 * a timeout, transaction ended by one, lock not available, serialization failure, deadlock, disk full, read-only after a failover.
 */
const AWAY_SQLSTATE = /^(08...|53...|57P0[1-5]|57014|25P0[34]|55P03|40001|40P01|25006|58030)$/;
const AWAY_SOCKET =
  /^(E(CONN|HOST|NET)[A-Z]+|EPIPE|EPROTO|ENOTCONN|ETIMEDOUT|ENOTFOUND|EAI_AGAIN|ERR_(SSL|TLS|STREAM)_[A-Z_]+)$/;

/** SQLSTATE classes of errors of which a pooler may say in words alone what they mean: connection, system, internal. */
const SAID_IN_WORDS = /^(08|58|XX)/;
const AWAY_MESSAGE =
  /connection terminated|after calling end on the pool|timeout exceeded when trying to connect|connection timeout|query read timeout|client has encountered a connection error|server conn crashed|not queryable|is not established/i;

/** Whether PostgreSQL itself has said so. */
const isAnswer = (error: unknown): error is Error & { code?: unknown; severity: unknown } =>
  isNativeError(error) && 'severity' in error;

/** SQLSTATEs by which PostgreSQL, or a pooler, tells that the connection ends: of itself, and of its server. */
const LAST_ANSWER = /^(08|57P|25P0[34])/;

/** What it calls such an error, in the server's language: most say it so. */
const LAST_SEVERITY = /^(FATAL|PANIC)$/;

/** Whether the connection is as good as before: PostgreSQL has answered, and does not end it. */
export const leavesConnection = (error: unknown): boolean =>
  isAnswer(error) && !LAST_SEVERITY.test(String(error.severity)) && !LAST_ANSWER.test(String(error.code));

/** What JavaScript throws of a value that the driver can not write. */
const UNWRITTEN = /^(Type|Syntax|Range)Error$/;

/**
 * Whether nothing was done: PostgreSQL has refused it and goes on, or it was not sent. What a pooler, or PostgreSQL's own system, says
 * may have come after a commit whose answer was lost, and so may whatever else is thrown.
 */
export function isUndone(error: unknown): boolean {
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (isAnswer(cause)) return leavesConnection(cause) && !SAID_IN_WORDS.test(String(cause.code));
  return isNativeError(cause) && UNWRITTEN.test(cause.name) && !('code' in cause);
}

/** Whether this error says that the database can't be used right now, so that trying again makes sense. */
export function isDatabaseUnavailable(error: unknown): boolean {
  if (!isNativeError(error)) return false;
  if ('errors' in error && Array.isArray(error.errors)) return error.errors.some(isDatabaseUnavailable);
  const cause: unknown = error instanceof QueryFailedError ? error.driverError : error;
  if (cause !== error) return isDatabaseUnavailable(cause);
  // TypeORM gives a query runner back as soon as its connection breaks, be it in the middle of a transaction.
  if (error instanceof QueryRunnerAlreadyReleasedError) return true;
  if (error instanceof QueryRunnerProviderAlreadyReleasedError) return true;
  const code = 'code' in error && typeof error.code === 'string' ? error.code : '';
  if (isAnswer(error) && !SAID_IN_WORDS.test(code)) return AWAY_SQLSTATE.test(code);
  const noSuchSocket = code === 'ENOENT' && 'syscall' in error && error.syscall === 'connect';
  return (
    AWAY_SQLSTATE.test(code) || AWAY_SOCKET.test(code) || noSuchSocket || AWAY_MESSAGE.test(error.message)
  );
}

/** What PostgreSQL calls the error (appendix A). */
export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof QueryFailedError ? (error.driverError as { code?: string }).code : undefined;

/** Whether a lock was not had in time (SQLSTATE 55P03), as where the operator sets `lock_timeout`: nothing was done. */
export const isLockTimeout = (error: unknown): boolean => sqlStateOf(error) === '55P03';

/** Whether others were in the way, by a lock, a deadlock (40P01) or a write that came between (40001): nothing was done. */
export const isHeldUp = (error: unknown): boolean =>
  ['55P03', '40P01', '40001'].includes(sqlStateOf(error) ?? '');

/** Whether it is this unique constraint of the module's tables, whatever prefix they have. */
export const violates = (error: unknown, constraint: string): boolean =>
  violatedUniqueConstraint(error)?.endsWith(constraint) ?? false;

/** The name of the unique constraint that a statement violated (SQLSTATE 23505), or null. */
export function violatedUniqueConstraint(error: unknown): string | null {
  if (!(error instanceof QueryFailedError)) return null;
  const { code, constraint } = error.driverError as { code?: string; constraint?: string };
  return code === '23505' ? (constraint ?? '') : null;
}
