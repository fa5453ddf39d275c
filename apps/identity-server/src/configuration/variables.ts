import { readNamed } from './files';

/** A variable that has a wrong value; the message is a line for each thing that is wrong, which names it. */
export class ConfigurationError extends Error {
  constructor(
    readonly variable: string,
    problems: string | string[],
  ) {
    super(
      [problems]
        .flat()
        .map((problem) => `${variable}: ${problem.replace(/\s+/g, ' ')}`)
        .join('\n'),
    );
  }
}

/** What holds a secret, and so may stand in a file, as containers and systemd pass it: `SECRET_FILE` for `SECRET`. */
const SECRETS = [
  'DATABASE_URL',
  'MANAGEMENT_API_TOKEN',
  'MESSAGE_WEBHOOK_SECRET',
  'METRICS_TOKEN',
  'OTEL_EXPORTER_OTLP_HEADERS',
  'OTEL_EXPORTER_OTLP_METRICS_HEADERS',
  'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
  'REDIS_URL',
  'SECRET',
  'SMTP_URL',
  'SOURCE_DATABASE_URL',
  'WEBHOOK_SECRET',
  'WEBHOOK_URLS',
];

/**
 * Takes what is secret out of the environment once it has been read, so that neither a diagnostic report (`--report-on-signal`) nor a
 * child process has it. `/proc/PID/environ` keeps what the process was started with: files do without.
 */
export function forgetSecrets(env: NodeJS.ProcessEnv): void {
  for (const name of SECRETS) Reflect.deleteProperty(env, name);
}

/** Environment variables; an empty one counts as unset. Each wrong value is a ConfigurationError that names it. */
export class Variables {
  constructor(private readonly env: NodeJS.ProcessEnv) {}

  text(name: string): string | undefined {
    const value = this.env[name]?.trim() || undefined;
    const file = `${name}_FILE`;
    const path = SECRETS.includes(name) ? this.env[file]?.trim() : undefined;
    if (!path) return value;
    if (value !== undefined) throw new ConfigurationError(file, `can't stand beside ${name}`);
    const text = named(file, () => readNamed(path)).trim();
    if (text) return text;
    throw new ConfigurationError(file, `${path} is empty`);
  }

  /** Items separated by commas. */
  list(name: string, fallback?: string): string[] {
    return (this.text(name) ?? fallback)?.split(',').map((item) => item.trim()) ?? [];
  }

  /** The same of what is secret: each item is looked at by `check`, and none is there twice. */
  secrets(name: string, check: (text: string) => string): string[] | undefined {
    const secrets = this.parsed(name, (text) => text.split(',').map((item) => check(item.trim())));
    // Whoever shows nothing would have it.
    if (secrets?.includes('')) throw new ConfigurationError(name, 'has nothing before or after a comma');
    if (secrets && new Set(secrets).size < secrets.length) {
      throw new ConfigurationError(name, 'has the same twice');
    }
    return secrets;
  }

  integer(name: string, min: number, max: number): number | undefined {
    const text = this.text(name);
    if (text === undefined) return undefined;
    const value = Number(text);
    if (/^\d+$/.test(text) && value >= min && value <= max) return value;
    throw new ConfigurationError(name, `must be a whole number from ${min} to ${max}, is "${text}"`);
  }

  oneOf<T extends string>(name: string, fallback: T, allowed: readonly T[]): T {
    const text = this.text(name) ?? fallback;
    const value = allowed.find((candidate) => candidate === text);
    if (value !== undefined) return value;
    throw new ConfigurationError(name, `must be one of ${allowed.join(', ')}, is "${text}"`);
  }

  /** What `parse` makes of the value, its errors named; undefined when there is none. */
  parsed<T>(name: string, parse: (text: string) => T): T | undefined {
    const text = this.text(name);
    return text === undefined ? undefined : named(name, () => parse(text));
  }
}

/**
 * Percent-decoded.
 * @throws Error that repeats nothing of it, since it may hold a password
 */
export function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    throw new Error('has a % that is not the beginning of an encoded character: write it as %25');
  }
}

/** Gives an error the name of the variable that it comes from. */
export function named<T>(variable: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    if (error instanceof AggregateError) {
      throw new ConfigurationError(
        variable,
        error.errors.map((one: Error) => one.message),
      );
    }
    throw new ConfigurationError(variable, error instanceof Error ? error.message : String(error));
  }
}
