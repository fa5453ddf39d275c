import type { Random } from './random';

/** An assertion as it is sent. */
export interface Sent {
  id: string;
  rawId: string;
  type: string;
  clientDataJSON: string;
  authenticatorData: string;
  signature: string;
}

export type SentMutation = (sent: Sent, random: Random) => Sent;

const BYTES = ['clientDataJSON', 'authenticatorData', 'signature'] as const;

const bytes =
  (change: (value: Buffer, random: Random) => Buffer): SentMutation =>
  (sent, random) => {
    const member = random.pick(BYTES);
    return {
      ...sent,
      [member]: change(Buffer.from(sent[member], 'base64url'), random).toString('base64url'),
    };
  };

const text =
  (change: (value: string, random: Random) => string): SentMutation =>
  (sent, random) => {
    const member = random.pick(BYTES);
    return { ...sent, [member]: change(sent[member], random) };
  };

const signature =
  (change: (value: Buffer, random: Random) => Buffer): SentMutation =>
  (sent, random) => ({
    ...sent,
    signature: change(Buffer.from(sent.signature, 'base64url'), random).toString('base64url'),
  });

/** An ECDSA signature's r and s written anew; other signatures, which are no such sequence, are left. */
const der = (write: (r: Buffer, s: Buffer, random: Random) => Buffer): SentMutation =>
  signature((value, random) => {
    if (value[0] !== 0x30) return value;
    const start = value[1] === 0x81 ? 3 : 2;
    const rEnd = start + 2 + value[start + 1]!;
    return write(value.subarray(start + 2, rEnd), value.subarray(rEnd + 2), random);
  });

const integer = (value: Buffer) => Buffer.concat([Buffer.of(0x02, value.length), value]);

function sequence(...parts: Buffer[]): Buffer {
  const content = Buffer.concat(parts);
  const length = content.length < 128 ? [content.length] : [0x81, content.length];
  return Buffer.concat([Buffer.of(0x30, ...length), content]);
}

const padded = (value: Buffer, random: Random) => Buffer.concat([Buffer.alloc(1 + random.below(3)), value]);

/** Changes after the signature: what an attacker, a broken client or a lenient encoder sends. */
export const SENT_MUTATIONS: Record<string, SentMutation> = {
  none: (sent) => sent,
  'a flipped bit': bytes((value, random) => {
    const changed = Buffer.from(value);
    if (value.length > 0) changed[random.below(value.length)]! ^= 1 << random.below(8);
    return changed;
  }),
  'fewer bytes': bytes((value, random) => value.subarray(0, random.below(value.length + 1))),
  'more bytes': bytes((value, random) =>
    Buffer.concat([value, Buffer.alloc(1 + random.below(4), random.below(256))]),
  ),
  'no bytes': bytes(() => Buffer.alloc(0)),
  padding: text((value, random) => value + '='.repeat(1 + random.below(3))),
  'padding within': text((value, random) => {
    const at = random.below(value.length + 1);
    return `${value.slice(0, at)}=${value.slice(at)}`;
  }),
  'base64 rather than base64url': text((value) => Buffer.from(value, 'base64url').toString('base64')),
  'a character that is none of base64url': text((value, random) => {
    const at = random.below(value.length + 1);
    return value.slice(0, at) + random.pick([' ', '.', '+', '/', '\n', 'é', '\0']) + value.slice(at);
  }),
  'another last character': text((value, random) => value.slice(0, -1) + random.pick([...'ABCDEfgh-_'])),
  'one character more': text((value) => `${value}A`),
  'r padded with zeros': der((r, s, random) => sequence(integer(padded(r, random)), integer(s))),
  's padded with zeros': der((r, s, random) => sequence(integer(r), integer(padded(s, random)))),
  'r and s without leading zeros': der((r, s) =>
    sequence(...[r, s].map((one) => integer(one[0] === 0 ? one.subarray(1) : one))),
  ),
  'r and s changed over': der((r, s) => sequence(integer(s), integer(r))),
  'r or s of zero': der((r, s, random) =>
    sequence(
      ...random
        .pick([
          [Buffer.alloc(1), s],
          [r, Buffer.alloc(1)],
        ])
        .map(integer),
    ),
  ),
  'no r and s': der(() => sequence()),
  'a third integer': der((r, s) => sequence(integer(r), integer(s), integer(s))),
  'bytes after the sequence': der((r, s) => Buffer.concat([sequence(integer(r), integer(s)), Buffer.of(0)])),
  'a length in long form': der((r, s) => {
    const content = Buffer.concat([integer(r), integer(s)]);
    return Buffer.concat([Buffer.of(0x30, 0x82, 0, content.length), content]);
  }),
  'r and s as they are': der((r, s) => Buffer.concat([r, s])),
  'another id': (sent) => ({ ...sent, id: `${sent.id.slice(0, -1)}A`, rawId: sent.rawId }),
  'another credential type': (sent, random) => ({
    ...sent,
    type: random.pick(['public_key', 'password', 'PUBLIC-KEY']),
  }),
};
