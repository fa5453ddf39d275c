import { type Logger, pino } from 'pino';
import type { LogLevel } from '../configuration';

/** JSON lines on standard output, or readable ones on a terminal. */
export async function createLogger(level: LogLevel): Promise<Logger> {
  const options = { level, base: undefined, timestamp: pino.stdTimeFunctions.isoTime };
  if (!process.stdout.isTTY) return pino(options);
  const { default: pretty } = await import('pino-pretty');
  return pino(options, pretty({ colorize: true, translateTime: 'SYS:HH:MM:ss', singleLine: true }));
}
