import type { Type } from '@nestjs/common';
import { plainToInstance } from 'class-transformer';
import { validateSync } from 'class-validator';
import * as fc from 'fast-check';
import {
  AssertionPayloadDto,
  CreateAuthenticationDto,
  VerifyAuthenticationDto,
} from '../libs/experience-verification/src/authentication/authentication.dto';
import { ExtensibleDto } from '../libs/experience-verification/src/webauthn/extensions.dto';
import { DtoReader } from '../libs/experience-verification/src/validation/dto-reader';
import { IdentificationDto } from '../libs/experience-verification/src/interaction/interaction.dto';

const prf = { eval: { first: 'c2FsdA', second: null }, evalByCredential: { abc: { first: 'AA' } } };
const response = { clientDataJSON: 'e30', authenticatorData: 'AA', signature: 'AA', userHandle: 'AA' };
const payload = {
  id: 'AA',
  rawId: 'AA',
  type: 'public-key',
  response,
  clientExtensionResults: {},
  authenticatorAttachment: null,
};

const BODIES: [string, Type<object>, object][] = [
  ['options', CreateAuthenticationDto, { identifier: { type: 'username', value: 'a' }, extensions: { prf } }],
  ['preflight', ExtensibleDto, { extensions: { largeBlob: { read: true, write: 'AA' }, prf } }],
  ['verify', VerifyAuthenticationDto, { verificationId: 'x', payload }],
  ['payload', AssertionPayloadDto, payload],
  ['identification', IdentificationDto, { verificationId: 'x' }],
];

/** What class-transformer and class-validator make of a body: the DTO, or null for an error. */
function judged(dto: Type<object>, body: object): object | null {
  const instance = plainToInstance(dto, body, { excludeExtraneousValues: true });
  return validateSync(instance, { forbidUnknownValues: false }).length === 0 ? instance : null;
}

/** The body with one member, at any depth, replaced, left out or added. */
const mutated = (body: object): fc.Arbitrary<Record<string, unknown>> => {
  const values = fc.oneof(
    fc.constantFrom<unknown>(undefined, null, '', 0, true, [], {}, [{}], 'x'.repeat(9000), ' ', 'A'),
    fc.jsonValue({ maxDepth: 3 }),
    fc.constantFrom(...(Object.values(body) as unknown[])),
  );
  return fc.tuple(fc.constantFrom(...pathsOf(body)), values).map(([path, value]) => {
    const copy = structuredClone(body) as Record<string, unknown>;
    let parent = copy;
    for (const name of path.slice(0, -1)) parent = parent[name] as Record<string, unknown>;
    parent[path.at(-1)!] = value;
    // As it comes over HTTP: a member that is undefined is none.
    return JSON.parse(JSON.stringify(copy)) as Record<string, unknown>;
  });
};

function pathsOf(value: object, path: string[] = []): string[][] {
  return Object.entries({ ...value, extra: undefined } as Record<string, unknown>).flatMap(
    ([name, member]) => [
      [...path, name],
      ...(typeof member === 'object' && member !== null ? pathsOf(member, [...path, name]) : []),
    ],
  );
}

describe('the reader of right bodies', () => {
  it.each(BODIES)('takes a right body of %s', (_name, dto, body) => {
    expect(DtoReader.for(dto)?.read(body as Record<string, unknown>)).toEqual(judged(dto, body));
    expect(judged(dto, body)).not.toBeNull();
  });

  it.each(BODIES)(
    'takes none that class-validator refuses, and makes of it the same: %s',
    (_name, dto, body) => {
      fc.assert(
        fc.property(mutated(body), (wrong) => {
          const read = DtoReader.for(dto)?.read(wrong);
          if (read !== null) expect(read).toEqual(judged(dto, wrong));
        }),
        { numRuns: 1500 },
      );
    },
  );
});
