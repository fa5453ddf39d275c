export type Check = (value: unknown) => boolean;

export const oneOf =
  (allowed: readonly unknown[]): Check =>
  (value) =>
    allowed.includes(value);
export const isText: Check = (value) => typeof value === 'string' && value !== '';
export const isInteger: Check = (value) => Number.isSafeInteger(value);
export const isBoolean: Check = (value) => typeof value === 'boolean';
export const listOf =
  (check: Check): Check =>
  (value) =>
    Array.isArray(value) && value.every(check);

/**
 * Checks that an object has known members with fitting values.
 * @throws Error that names the member
 */
export function checkMembers(value: unknown, checks: Record<string, Check>): asserts value is object {
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    throw new Error('must be an object');
  for (const [name, member] of Object.entries(value)) {
    const check = Object.hasOwn(checks, name) ? checks[name] : undefined;
    if (!check) throw new Error(`"${name}" is not known; known are ${Object.keys(checks).join(', ')}`);
    if (!check(member)) throw new Error(`"${name}" has the wrong value ${JSON.stringify(member)}`);
  }
}
