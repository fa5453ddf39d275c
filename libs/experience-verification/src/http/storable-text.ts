/** U+0000 and lone surrogates: no Unicode text has them, and PostgreSQL keeps neither in text nor in JSON. */
const UNSTORABLE = /[\0\p{Cs}]/u;

/** The members of a DTO, by their dotted path, that hold text which can't be stored. Raw objects are not looked into. */
export function unstorableMembers(dto: object, path = ''): string[] {
  return Object.entries(dto).flatMap(([name, value]: [string, unknown]) => {
    const member = path ? `${path}.${name}` : name;
    if (typeof value === 'string') return UNSTORABLE.test(value) ? [member] : [];
    return isDto(value) ? unstorableMembers(value, member) : [];
  });
}

const isDto = (value: unknown): value is object =>
  Array.isArray(value) ||
  (typeof value === 'object' && value !== null && Object.getPrototypeOf(value) !== Object.prototype);
