import { normaliseIdentifier } from '../libs/experience-verification/src/identifiers/identifier';

describe('identifiers are kept in one spelling', () => {
  it.each([
    ['username', 'Alice', 'Alice'],
    ['username', 'Zoe\u0308', 'Zo\u00eb'],
    ['username', '\u{1F511}'.repeat(128), '\u{1F511}'.repeat(128)],
    ['username', 'alice@example.com', 'alice@example.com'],
    ['email', ' Alice@Example.COM ', 'alice@example.com'],
    ['phone', '+44 20 7183 8750', '+442071838750'],
    ['phone', '442071838750', '+442071838750'],
    ['phone', '+1 (415) 555-2671', '+14155552671'],
  ] as const)('%s %j', (type, value, kept) => {
    expect(normaliseIdentifier(type, value)).toEqual({ type, value: kept });
  });

  it.each([
    ['username', ''],
    ['username', ' alice'],
    ['username', 'alice\u0000'],
    ['username', 'ali\u200Bce'],
    ['username', '\u202Eecila'],
    ['username', '\uD800'],
    ['username', 'a'.repeat(129)],
    ['email', 'alice'],
    ['email', 'alice@'],
    ['email', `${'a'.repeat(250)}@example.com`],
    ['phone', 'alice'],
    ['phone', '+44'],
    ['phone', '+999 123456789'],
    ['phone', '+442071838750 ext. 12'],
  ] as const)('and refused when they can be none: %s %j', (type, value) => {
    expect(normaliseIdentifier(type, value)).toBeNull();
  });
});
