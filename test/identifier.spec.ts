import { toIdentifier } from '../libs/passkey-client/src/identifier';
import {
  normaliseIdentifier,
  normaliseTyped,
} from '../libs/experience-verification/src/identifiers/identifier';

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

describe('what is typed or pasted means the same to the pages and to the server', () => {
  it.each([
    ['alice', 'username', 'alice'],
    ['  alice ', 'username', 'alice'],
    ['\u7530\u4e2d', 'username', '\u7530\u4e2d'],
    ['\uff11\uff12\uff13', 'username', '\uff11\uff12\uff13'],
    [
      '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
      'username',
      '\u{1F3F4}\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
    ],
    ['Alice@Example.com', 'email', 'alice@example.com'],
    ['ali\u200Bce@example.com', 'email', 'alice@example.com'],
    ['alice@example.com\u200E', 'email', 'alice@example.com'],
    ['\u202Ealice@example.com', 'email', 'alice@example.com'],
    ['ali\u00ADce@example.com', 'email', 'alice@example.com'],
    ['\uFEFFalice@example.com', 'email', 'alice@example.com'],
    ['alice\uFF20example.com', 'email', 'alice@example.com'],
    ['alice\uFF11\uFF12@example.com', 'email', 'alice12@example.com'],
    ['alice\u2010b@example.com', 'email', 'alice-b@example.com'],
    ['+44 20 7183 8750', 'phone', '+442071838750'],
    ['\u202A+44 20 7183 8750\u202C', 'phone', '+442071838750'],
    ['+44\u00A020\u20117183\u20138750', 'phone', '+442071838750'],
    ['+44\u200720\u200B7183 8750', 'phone', '+442071838750'],
    ['+1\u2212415\u2212555\u22122671', 'phone', '+14155552671'],
    [
      '\uFF0B\uFF14\uFF14\uFF12\uFF10\uFF17\uFF11\uFF18\uFF13\uFF18\uFF17\uFF15\uFF10',
      'phone',
      '+442071838750',
    ],
    ['+\u0664\u0664\u0662\u0660\u0667\u0661\u0668\u0663\u0668\u0667\u0665\u0660', 'phone', '+442071838750'],
    ['+\u06F4\u06F4\u06F2\u06F0\u06F7\u06F1\u06F8\u06F3\u06F8\u06F7\u06F5\u06F0', 'phone', '+442071838750'],
    ['+44 (20) 7183/8750', 'phone', '+442071838750'],
  ])('%j is of type %s', (typed, type, kept) => {
    const sent = toIdentifier(typed);
    expect(sent.type).toBe(type);
    expect(normaliseTyped(sent.type, sent.value)).toMatchObject({ type, value: kept });
  });

  it.each([
    'ali\u200Bce',
    'ali\uFFFDce',
    'ali\uFFFDce@example.com',
    'ali\uFFF9ce@example.com',
    'alice\u2028@example.com',
    '\u{1F3F4}\u{E0061}\u{E007F}',
    'alice\u{E0067}\u{E0062}\u{E0073}\u{E0063}\u{E0074}\u{E007F}',
  ])('%j is nobody', (typed) => {
    const sent = toIdentifier(typed);
    expect(normaliseTyped(sent.type, sent.value)).toBeNull();
  });
});
