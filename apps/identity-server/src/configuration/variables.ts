/** A variable that has a wrong value; the message is one line that names it. */
export class ConfigurationError extends Error {
  constructor(variable: string, problem: string) {
    super(`${variable}: ${problem.replace(/\s+/g, ' ')}`);
  }
}

/** Environment variables; an empty one counts as unset. Each wrong value is a ConfigurationError that names it. */
export class Variables {
  constructor(private readonly env: NodeJS.ProcessEnv) {}

  text(name: string): string | undefined {
    return this.env[name]?.trim() || undefined;
  }

  /** Items separated by commas. */
  list(name: string, fallback?: string): string[] {
    return (this.text(name) ?? fallback)?.split(',').map((item) => item.trim()) ?? [];
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

/** Gives an error the name of the variable that it comes from. */
export function named<T>(variable: string, read: () => T): T {
  try {
    return read();
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    throw new ConfigurationError(variable, error instanceof Error ? error.message : String(error));
  }
}
