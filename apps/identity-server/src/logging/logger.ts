import { type Logger, pino } from 'pino';
import type { LogLevel } from '../configuration';

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
 * Changes the level of what is logged at each SIGHUP: to `debug`, and back. On a terminal the signal ends the process, as it does
 * when the terminal is closed.
 */
export function changeLevelOnHangUp(logger: Logger): void {
  if (process.stdout.isTTY) return;
  const usual = logger.level;
  process.on('SIGHUP', () => {
    logger.level = logger.level === usual ? 'debug' : usual;
    // Heard at whichever level.
    logger.fatal({ logLevel: logger.level }, 'The log level was changed');
  });
}
