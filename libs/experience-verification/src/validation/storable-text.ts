/** U+0000 and lone surrogates: no Unicode text has them, and PostgreSQL keeps neither in text nor in JSON. */
export const isUnstorable = (text: string): boolean => !text.isWellFormed() || text.includes('\0');

/** The same with U+FFFD in place of what can't be stored. */
export const toStorable = (text: string): string => text.toWellFormed().replaceAll('\0', '\uFFFD');

/** The members of a DTO, by their dotted path, that hold text which can't be stored. Raw objects are not looked into. */
export function unstorableMembers(dto: object, path = ''): string[] {
  const members: string[] = [];
  for (const name of Object.keys(dto)) {
    const value = (dto as Record<string, unknown>)[name];
    if (typeof value === 'string') {
      if (isUnstorable(value)) members.push(pathOf(path, name));
    } else if (isDto(value)) members.push(...unstorableMembers(value, pathOf(path, name)));
  }
  return members;
}

const pathOf = (path: string, name: string): string => (path ? `${path}.${name}` : name);

const isDto = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== Object.prototype);
