import { encodeCBOR } from '@levischuck/tiny-cbor';
import type { Random } from './random';

/** What an assertion says, before it is signed. */
export interface Told {
  /** Written as JSON, unless it is a string. */
  clientData: unknown;
  rpId: string;
  flags: number;
  counter: number;
  /** Bytes after the counter. */
  tail: Buffer;
}

export type ToldMutation = (told: Told, random: Random) => Told;

const client = (told: Told, members: Record<string, unknown>): Told => ({
  ...told,
  clientData: { ...(told.clientData as object), ...members },
});

/** Of any kind, where a member of the client data is expected to be of one. */
const STRANGE = [null, '', 0, 1, true, false, [], {}, 'x', ['webauthn.get'], 'webauthn.create'];

const cbor = (members: [string, unknown][]) => Buffer.from(encodeCBOR(new Map(members) as never));

const TAILS = [
  cbor([]),
  cbor([['uvm', true]]),
  cbor([
    ['credProtect', 2],
    ['nested', new Map([['a', 1]])],
  ]),
  Buffer.from(encodeCBOR(7)),
  Buffer.from(encodeCBOR('text')),
  Buffer.from([0xbf, 0xff]),
  Buffer.from([0xa1]),
  Buffer.from([0xa1, 0x61, 0x61, 0x18, 0x01]),
  Buffer.concat([cbor([['a', 1]]), Buffer.of(0)]),
  Buffer.of(0),
  Buffer.alloc(0),
];

/** Changes that the authenticator then signs: the signature stays right. */
export const TOLD_MUTATIONS: Record<string, ToldMutation> = {
  none: (told) => told,
  type: (told, random) => client(told, { type: random.pick(STRANGE) }),
  challenge: (told, random) => client(told, { challenge: random.pick(STRANGE) }),
  'challenge of padded base64url': (told) =>
    client(told, { challenge: `${(told.clientData as { challenge: string }).challenge}=` }),
  origin: (told, random) =>
    client(told, {
      origin: random.pick([
        ...STRANGE,
        'https://example.com',
        'http://localhost:3000/',
        'http://localhost',
        'null',
      ]),
    }),
  'cross origin': (told, random) =>
    client(told, {
      crossOrigin: random.pick(STRANGE),
      ...(random.below(2) && { topOrigin: random.pick(STRANGE) }),
    }),
  'top origin': (told, random) =>
    client(told, { topOrigin: random.pick([...STRANGE, 'https://top.example', 'https://evil.example']) }),
  'expected embedding': (told) => client(told, { crossOrigin: true, topOrigin: 'https://top.example' }),
  'token binding': (told, random) =>
    client(told, {
      tokenBinding: random.pick([
        ...STRANGE,
        { status: 'present', id: 'x' },
        { status: 'supported' },
        { status: 'notSupported' },
        { status: 'other' },
        { status: null },
      ]),
    }),
  'members of their own': (told) =>
    client(told, { other: 'x', __proto__: null, androidPackageName: 'com.example' }),
  'a missing member': (told, random) =>
    client(told, { [random.pick(['type', 'challenge', 'origin', 'crossOrigin'])]: undefined }),
  'client data that is no object': (told, random) => ({
    ...told,
    clientData: random.pick(['null', '[]', '7', '"x"', '{', '', '\u0000', 'true']),
  }),
  'a byte order mark': (told) => ({ ...told, clientData: `\uFEFF${JSON.stringify(told.clientData)}` }),
  'white space': (told) => ({ ...told, clientData: JSON.stringify(told.clientData, null, 2) }),
  'a member twice': (told, random) => ({
    ...told,
    clientData: JSON.stringify(told.clientData).replace(
      /\}$/,
      `,${random.pick(['"type":"webauthn.create"', '"origin":"http://evil.example"', '"crossOrigin":true'])}}`,
    ),
  }),
  rpId: (told, random) => ({ ...told, rpId: random.pick(['example.com', '', 'Localhost', 'localhost.']) }),
  'one flag': (told, random) => ({ ...told, flags: told.flags ^ (1 << random.below(8)) }),
  'all flags': (told, random) => ({ ...told, flags: random.below(256) }),
  counter: (told, random) => ({
    ...told,
    counter: random.pick([0, 1, 2, 5, 0x7fffffff, 0x80000000, 0xffffffff]),
  }),
  extensions: (told, random) => ({ ...told, flags: told.flags | 0x80, tail: random.pick(TAILS) }),
  'extensions without their flag': (told, random) => ({ ...told, tail: random.pick(TAILS) }),
  'attested credential data': (told, random) => ({
    ...told,
    flags: told.flags | 0x40 | random.pick([0, 0x80]),
    tail: Buffer.concat([
      Buffer.alloc(16),
      Buffer.of(0, random.pick([2, 2, 200])),
      Buffer.from('id'),
      Buffer.from(encodeCBOR(new Map([[1, 2]]))),
      random.pick(TAILS),
    ]),
  }),
};
