import { type Logger, pino } from 'pino';
import type { LogLevel } from '../configuration';
import { ignoreHangUp } from './hang-up';

/**
 * JSON lines on standard output, or readable ones on a terminal.
 * @param mixin gives members of each line
 */
export async function createLogger(level: LogLevel, mixin?: () => object): Promise<Logger> {
  const options = { level, base: undefined, mixin, timestamp: pino.stdTimeFunctions.isoTime };
  if (!process.stdout.isTTY) return pino(options);
  const { default: pretty } = await import('pino-pretty');
  return pino(options, pretty({ colorize: true, translateTime: 'SYS:HH:MM:ss', singleLine: true }));
}

/**
 * Changes the level of what is logged at each SIGHUP: to `debug`, or `trace` where it is `debug` already, and back; where it is
 * `trace` there is no more. On a terminal the signal ends the process, as it does when the terminal is closed.
 */
export function changeLevelOnHangUp(logger: Logger): void {
  if (process.stdout.isTTY) return;
  const usual = logger.level;
  const more = logger.isLevelEnabled('debug') ? 'trace' : 'debug';
  process.on('SIGHUP', () => {
    const logLevel = logger.level === usual ? more : usual;
    // At the more talkative of the two. Not as fatal: such a line goes before one that is being written.
    logger.level = more;
    logger.warn({ logLevel }, 'The log level was changed');
    logger.level = logLevel;
  });
  process.off('SIGHUP', ignoreHangUp);
}
