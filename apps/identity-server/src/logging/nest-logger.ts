import type { LoggerService } from '@nestjs/common';
import type { Logger } from 'pino';

/** Nest's own account of its start, a line a route: of use to those who look for it. */
const START_UP = new Set([
  'NestFactory',
  'InstanceLoader',
  'RoutesResolver',
  'RouterExplorer',
  'NestApplication',
]);

/** Nest's log lines through pino: one JSON object a line, with the class that wrote it as `context`. */
export class NestLogger implements LoggerService {
  constructor(private readonly logger: Logger) {}

  log = (message: unknown, ...rest: unknown[]) => {
    this.write('info', message, rest);
  };
  warn = (message: unknown, ...rest: unknown[]) => {
    this.write('warn', message, rest);
  };
  error = (message: unknown, ...rest: unknown[]) => {
    this.write('error', message, rest);
  };
  fatal = (message: unknown, ...rest: unknown[]) => {
    this.write('fatal', message, rest);
  };
  debug = (message: unknown, ...rest: unknown[]) => {
    this.write('debug', message, rest);
  };
  verbose = (message: unknown, ...rest: unknown[]) => {
    this.write('trace', message, rest);
  };

  /** Nest passes the context last and, for errors, a stack before it. */
  private write(
    level: 'info' | 'warn' | 'error' | 'fatal' | 'debug' | 'trace',
    message: unknown,
    rest: unknown[],
  ) {
    const context = rest.at(-1);
    if (level === 'info' && START_UP.has(String(context))) level = 'debug';
    const stack = rest.length > 1 ? rest[0] : undefined;
    if (message instanceof Error) this.logger[level]({ context, err: message });
    else if (typeof message === 'string') this.logger[level]({ context, stack }, message);
    else this.logger[level]({ context, ...(message as object) });
  }
}
