import { toIdentifier } from '../libs/passkey-client/src/identifier';
import {
  normaliseIdentifier,
  normaliseTyped,
} from '../libs/experience-verification/src/identifiers/identifier';

import {
  type PhoneRegion,
  toPhoneRegion,
} from '../libs/experience-verification/src/identifiers/phone-number';

import { Browser } from './support/browser';
import { TestServer } from './support/test-server';

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
    ['phone', '0044 20 7183 8750', '+442071838750'],
    ['phone', '+44 (0)20 7183 8750', '+442071838750'],
    ['phone', 'tel:+44-20-7183-8750', '+442071838750'],
    ['phone', 'TEL:+442071838750;ext=12', '+442071838750'],
    ['phone', '+44 20 7183 8750;ext=12', '+442071838750'],
    ['phone', 'tel:7183-8750;phone-context=+4420', '+442071838750'],
    [
      'phone',
      '\uFF0B\uFF14\uFF14 \uFF12\uFF10 \uFF17\uFF11\uFF18\uFF13 \uFF18\uFF17\uFF15\uFF10',
      '+442071838750',
    ],
    [
      'phone',
      '\uFF10\uFF10\uFF14\uFF14\uFF12\uFF10\uFF17\uFF11\uFF18\uFF13\uFF18\uFF17\uFF15\uFF10',
      '+442071838750',
    ],
    ['phone', '+52 1 55 1234 5678', '+525512345678'],
    ['phone', '00521 55 1234 5678', '+525512345678'],
    ['phone', '+52 55 1234 5678', '+525512345678'],
    ['phone', '+54 9 11 2345-6789', '+5491123456789'],
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

describe('phone numbers are read as people dial them in the region of the configuration', () => {
  it.each<[PhoneRegion, string, string | null]>([
    ['GB', '020 7183 8750', '+442071838750'],
    ['GB', '(020) 7183-8750', '+442071838750'],
    ['GB', '0044 20 7183 8750', '+442071838750'],
    ['GB', '442071838750', '+442071838750'],
    ['GB', '+1 415 555 2671', '+14155552671'],
    ['GB', '001 415 555 2671', '+14155552671'],
    ['GB', '14155552671', '+14155552671'],
    ['GB', 'tel:020-7183-8750', '+442071838750'],
    ['GB', '\uFF10\uFF12\uFF10 7183 8750', '+442071838750'],
    ['US', '(415) 555-2671', '+14155552671'],
    ['US', '011 44 20 7183 8750', '+442071838750'],
    ['US', '442071838750', '+442071838750'],
    ['MX', '55 1234 5678', '+525512345678'],
    ['MX', '+52 1 55 1234 5678', '+525512345678'],
    ['DE', '030 901820', '+4930901820'],
    ['DE', '12', null],
  ])('%s: %s', (region, value, kept) => {
    expect(normaliseIdentifier('phone', value, region)?.value ?? null).toBe(kept);
  });

  it('which is one that libphonenumber knows', () => {
    expect(toPhoneRegion('GB')).toBe('GB');
    for (const region of ['UK', 'gb', 'Britain', '44'])
      expect(() => toPhoneRegion(region)).toThrow(/is not a region/);
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
    ['+81\u30FC90\u30FC1234\u30FC5678', 'phone', '+819012345678'],
    ['+81\uFF7090\uFF701234\uFF705678', 'phone', '+819012345678'],
    ['\u30B5\u30FC\u30D0\u30FC', 'username', '\u30B5\u30FC\u30D0\u30FC'],
    ['0044 20 7183 8750', 'phone', '+442071838750'],
    ['tel:+44-20-7183-8750;ext=12', 'phone', '+442071838750'],
    ['007', 'username', '007'],
    ['tel:me', 'username', 'tel:me'],
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

it('a number as it is dialled at home may be the user name of before there was a region', () => {
  const typed = { type: 'phone', value: '+4930901820', asUsername: '030 901820' };
  expect(normaliseTyped('phone', '030 901820', 'DE')).toEqual(typed);
  expect(normaliseTyped('phone', '2024-01-15', 'GB')).toEqual({ type: 'username', value: '2024-01-15' });
  expect(normaliseTyped('phone', 'a name', 'DE')).toBeNull();
});

describe('a server with PHONE_REGION', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start({ PHONE_REGION: 'GB' });
  });
  afterAll(() => server.stop());

  it('knows a user by a number as it is dialled there, wherever it comes in', async () => {
    const browser = new Browser(server);
    await browser.register({ type: 'phone', value: '020 7183 8750' });
    expect((await browser.get('/api/my-account')).body).toMatchObject({ primaryPhone: '+442071838750' });
    for (const value of ['(020) 7183-8750', '00442071838750', '+44 20 7183 8750']) {
      await browser.signIn({ type: 'phone', value });
    }
    const { body } = await browser.manage('POST', '/api/users', { primaryPhone: '020 7183 8751' });
    expect(body).toMatchObject({ primaryPhone: '+442071838751' });
  });
});
