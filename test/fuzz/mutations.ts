import fc from 'fast-check';

/** One change of some bytes. Positions are fractions, so that a mutation fits bytes of any length. */
export type Mutation = { at: number; kind: string; size: number; value: Uint8Array };

/** Heads of CBOR items, DER and lengths that decoders trip over. */
const NASTY = [
  '00',
  'ff',
  '7fffffff',
  '9bffffffffffffffff',
  '5affffffff',
  'bf',
  '9f',
  '5f',
  '7f',
  'f6',
  'f7',
  'fb7ff8000000000000',
  'c249010000000000000000',
  'd818',
  'a0',
  '80',
  '40',
  '3084ffffffff',
  '0200',
  '1bffffffffffffffff',
  'a10000',
  '8181818181',
].map((text) => new Uint8Array(Buffer.from(text, 'hex')));

export const mutation: fc.Arbitrary<Mutation> = fc.record({
  at: fc.double({ min: 0, max: 1, noNaN: true, maxExcluded: true }),
  kind: fc.constantFrom(
    'flip',
    'flip',
    'flip',
    'set',
    'insert',
    'delete',
    'duplicate',
    'truncate',
    'fill',
    'swap',
  ),
  size: fc.integer({ min: 0, max: 64 }),
  value: fc.oneof(fc.constantFrom(...NASTY), fc.uint8Array({ minLength: 1, maxLength: 16 })),
});

export const mutations = fc.array(mutation, { minLength: 1, maxLength: 4 });

export function mutate(original: Buffer, changes: Mutation[]): Buffer {
  return changes.reduce<Buffer>((bytes, { at, kind, size, value }) => {
    const position = Math.floor(at * bytes.length);
    const before = bytes.subarray(0, position);
    const after = bytes.subarray(position);
    switch (kind) {
      case 'flip': {
        const copy = Buffer.from(bytes);
        if (copy.length > 0) copy[position]! ^= 1 << (size % 8);
        return copy;
      }
      case 'set':
        return Buffer.concat([before, value, after.subarray(value.length)]);
      case 'insert':
        return Buffer.concat([before, value, after]);
      case 'delete':
        return Buffer.concat([before, after.subarray(size)]);
      case 'duplicate':
        return Buffer.concat([before, after.subarray(0, size), after]);
      case 'truncate':
        return Buffer.from(before);
      case 'fill':
        return Buffer.concat([before, Buffer.alloc(size * 16, value), after]);
      default:
        return Buffer.concat([after, before]);
    }
  }, original);
}
