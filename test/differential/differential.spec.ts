import { createHash, randomBytes, randomInt, randomUUID, verify } from 'node:crypto';
import { encodeCBOR } from '@levischuck/tiny-cbor';
import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server';
import { decodeCredentialPublicKey } from '@simplewebauthn/server/helpers';
import { verifyAssertion } from '../../libs/experience-verification/src/authentication/assertion-verification';
import { AssertionPayloadDto } from '../../libs/experience-verification/src/authentication/authentication.dto';
import { readDto } from '../../libs/experience-verification/src/validation/request-body';
import { ExperienceException } from '../../libs/experience-verification/src/errors/experience.exception';
import { toRelyingParty } from '../../libs/experience-verification/src/relying-party/relying-party.options';
import type { SpentRecord } from '../../libs/experience-verification/src/records/verification-record.repository';
import { type CredentialKey, generateCredentialKey, signWith } from '../support/credential-key';
import { Random } from './random';
import { type Sent, SENT_MUTATIONS } from './sent-mutations';
import { type Told, TOLD_MUTATIONS } from './told-mutations';

/** `npm run test:differential` makes 100,000. `SEED` repeats a run. */
const ASSERTIONS = Number(process.env['ASSERTIONS'] ?? 3000);
const SEED = Number(process.env['SEED'] ?? randomInt(2 ** 31));

/** Those that the library has too. */
const ALGORITHMS: Record<string, number> = {
  ES256: -7,
  ES384: -35,
  ES512: -36,
  EdDSA: -8,
  RS256: -257,
  RS384: -258,
  RS512: -259,
  PS256: -37,
  PS384: -38,
  PS512: -39,
};

/** Those that it has not, as node:crypto is to verify them: what it hashes with. */
const OTHERS: [name: string, algorithm: number, hash: string | null][] = [
  ['ESP256', -9, 'sha256'],
  ['ESP384', -51, 'sha384'],
  ['ESP512', -52, 'sha512'],
  ['ES256K', -47, 'sha256'],
  ['Ed25519', -19, null],
  ['Ed448', -53, null],
];

const RELYING_PARTIES = [false, true].map((crossOrigin) =>
  toRelyingParty({
    id: 'localhost',
    name: 'Test',
    origins: ['http://localhost:3000', 'https://other.example'],
    policy: {
      crossOrigin,
      topOrigins: crossOrigin ? ['https://top.example'] : [],
      signCountRegression: 'refuse',
    },
  }),
);

/** Where we refuse what the library accepts, by intent: what our own steps give as the reason. */
const STRICTER = [
  /must be base64url|should not be empty/,
  /^made in a cross-origin iframe$/,
  /^made within the top origin/,
  /^a top origin is told without crossOrigin$/,
  /^backup eligibility changed/,
  /^the signature counter is/,
  /^the signature is not one of ECDSA$/,
];

/** Where we take what the library refuses, by intent: the library's reason. */
const MORE_TOLERANT = [/TokenBinding/i, /Credential ID was not base64url-encoded/];

const NO_METADATA = { entryOf: () => Promise.resolve(undefined) };

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();

interface Verdict {
  accepted: boolean;
  reason?: string;
}

interface Attempt {
  sent: Sent;
  record: SpentRecord<'authentication'>;
  relyingParty: (typeof RELYING_PARTIES)[number];
}

async function ours({ sent, record, relyingParty }: Attempt): Promise<Verdict> {
  const { id, rawId, type, ...response } = sent;
  try {
    const payload = readDto(AssertionPayloadDto, { id, rawId, type, response }, 'payload');
    await verifyAssertion(payload, record, relyingParty, true, NO_METADATA);
    return { accepted: true };
  } catch (error) {
    if (!(error instanceof ExperienceException)) throw error;
    const { reason, data } = error.details;
    return { accepted: false, reason: reason ?? JSON.stringify(data) };
  }
}

async function theLibrarys({ sent, record, relyingParty }: Attempt): Promise<Verdict> {
  const { id, rawId, type, ...response } = sent;
  try {
    const { verified } = await verifyAuthenticationResponse({
      response: { id, rawId, type, response, clientExtensionResults: {} } as AuthenticationResponseJSON,
      expectedChallenge: record.challenge.toString('base64url'),
      expectedOrigin: relyingParty.origins,
      expectedTopOrigin: relyingParty.policy.topOrigins,
      expectedRPID: record.rpId,
      requireUserVerification:
        (record.request as { userVerification: string }).userVerification === 'required',
      credential: { id, publicKey: new Uint8Array(record.credential!.publicKey), counter: -1 },
    });
    return { accepted: verified, reason: 'the signature is not valid' };
  } catch (error) {
    return { accepted: false, reason: String(error) };
  }
}

/** A right assertion, with everything that is needed to verify it. */
function attempt(
  key: CredentialKey,
  random: Random,
  told: (told: Told) => Told,
  cose = key.coseKey,
): Attempt {
  const id = randomBytes(16).toString('base64url');
  const challenge = randomBytes(32);
  const right: Told = {
    clientData: {
      type: 'webauthn.get',
      challenge: challenge.toString('base64url'),
      origin: 'http://localhost:3000',
      crossOrigin: false,
    },
    rpId: 'localhost',
    flags: 0x1d,
    counter: 0,
    tail: Buffer.alloc(0),
  };
  const { clientData, rpId, flags, counter, tail } = told(right);
  const clientDataJSON = Buffer.from(
    typeof clientData === 'string' ? clientData : JSON.stringify(clientData),
  );
  const counterBytes = Buffer.alloc(4);
  counterBytes.writeUInt32BE(counter);
  const authenticatorData = Buffer.concat([sha256(rpId), Buffer.of(flags), counterBytes, tail]);
  const signature = signWith(key, Buffer.concat([authenticatorData, sha256(clientDataJSON)]));
  const userId = randomUUID();
  return {
    sent: {
      id,
      rawId: id,
      type: 'public-key',
      clientDataJSON: clientDataJSON.toString('base64url'),
      authenticatorData: authenticatorData.toString('base64url'),
      signature: signature.toString('base64url'),
    },
    relyingParty: random.pick(RELYING_PARTIES),
    record: {
      id: randomUUID(),
      challenge,
      rpId: 'localhost',
      request: { userVerification: random.pick(['required', 'preferred']) },
      userId,
      decoy: false,
      credential: {
        id: random.pick(['one record', 'another record']),
        userId,
        userHandle: null,
        suspended: false,
        publicKey: cose,
        signCount: random.pick([0, 0, 0, 4]),
        backupEligible: random.pick([true, true, null]),
        attestedModel: null,
        offered: true,
      },
    } as unknown as SpentRecord<'authentication'>,
  };
}

describe(`verdicts beside those of @simplewebauthn/server (SEED=${SEED})`, () => {
  const names = Object.keys(ALGORITHMS);
  const keys = new Map(
    names.map((name) => [name, [0, 1].map(() => generateCredentialKey(ALGORITHMS[name]!))]),
  );

  it.each(names)(
    `are the same on ${Math.ceil(ASSERTIONS / names.length)} assertions of %s, or stricter by intent`,
    async (name) => {
      const random = new Random(SEED ^ ALGORITHMS[name]!);
      const [mine, foreign] = keys.get(name) as [CredentialKey, CredentialKey];
      const seen = { accepted: 0, refused: 0, stricter: 0 };
      for (let round = 0; round < ASSERTIONS / names.length; round++) {
        // One in ten is right, whatever the seed.
        const right = round % 10 === 0;
        const [toldName, told] = right
          ? (['none', TOLD_MUTATIONS['none']!] as const)
          : random.pick(Object.entries(TOLD_MUTATIONS));
        const [sentName, change] = random.pick([
          ...(right ? [] : Object.entries(SENT_MUTATIONS)),
          ...(toldName === 'none' && !right
            ? []
            : Array.from({ length: 12 }, () => ['none', SENT_MUTATIONS['none']!] as const)),
        ]);
        const key = !right && random.below(50) === 0 ? foreign : mine;
        const one = attempt(key, random, (right) => told(right, random), mine.coseKey);
        one.sent = change(one.sent, random);
        const [we, they] = [await ours(one), await theLibrarys(one)];
        const isStricter =
          !we.accepted && they.accepted && STRICTER.some((reason) => reason.test(we.reason ?? ''));
        const isMoreTolerant =
          we.accepted && !they.accepted && MORE_TOLERANT.some((reason) => reason.test(they.reason ?? ''));
        if (we.accepted !== they.accepted && !isStricter && !isMoreTolerant) {
          throw new Error(
            `${toldName}, ${sentName}: ${JSON.stringify({ we, they, sent: one.sent }, null, 2)}`,
          );
        }
        seen[isStricter ? 'stricter' : we.accepted ? 'accepted' : 'refused'] += 1;
      }
      expect(seen.accepted).toBeGreaterThan(ASSERTIONS / names.length / 20);
      expect(seen.refused).toBeGreaterThan(ASSERTIONS / names.length / 5);
    },
    60_000 + ASSERTIONS * 10,
  );

  it.each<[string, Record<string, unknown>, Partial<Told>, (sent: Sent) => Sent, RegExp]>([
    [
      'crossOrigin without a top origin, where none is allowed',
      { crossOrigin: true },
      {},
      (sent) => sent,
      STRICTER[1]!,
    ],
    ['an empty top origin', { topOrigin: '' }, {}, (sent) => sent, STRICTER[3]!],
    ['changed backup eligibility', {}, { flags: 0x05 }, (sent) => sent, STRICTER[4]!],
    ['a counter that went back', {}, { counter: 3 }, (sent) => sent, STRICTER[5]!],
  ])('are stricter on %s', async (_name, members, members2, change, reason) => {
    const [key] = keys.get('ES256')!;
    const one = attempt(key!, new Random(1), (right) => ({
      ...right,
      ...members2,
      clientData: { ...(right.clientData as object), ...members },
    }));
    Object.assign(one, { relyingParty: RELYING_PARTIES[0], sent: change(one.sent) });
    Object.assign(one.record.credential!, { backupEligible: true, signCount: 4 });
    if (!('counter' in members2)) one.record.credential!.signCount = 0;
    expect(await theLibrarys(one)).toMatchObject({ accepted: true });
    expect(await ours(one)).toEqual({ accepted: false, reason: expect.stringMatching(reason) });
  });

  it('are the same on keys whose algorithm is another, not known, or missing', async () => {
    const random = new Random(SEED);
    for (const name of names) {
      const [key] = keys.get(name)!;
      const cose = decodeCredentialPublicKey(new Uint8Array(key!.coseKey)) as Map<number, unknown>;
      for (const [label, value] of [
        [3, -7],
        [3, -35],
        [3, -257],
        [3, -258],
        [3, -37],
        [3, -47],
        [3, 0],
        [-1, 1],
        [-1, 2],
        [1, 1],
        [1, 9],
      ] as const) {
        const changed = Buffer.from(encodeCBOR(new Map([...cose, [label, value]]) as never));
        const one = attempt(key!, random, (right) => right, changed);
        Object.assign(one.record.credential!, { signCount: 0, backupEligible: true });
        const verdict = await theLibrarys(one);
        expect([name, label, value, (await ours(one)).accepted]).toEqual([
          name,
          label,
          value,
          verdict.accepted,
        ]);
      }
    }
  });
});

describe('verdicts on algorithms that the library has not', () => {
  it.each(OTHERS)('are those of node:crypto on %s', async (_name, algorithm, hashName) => {
    const random = new Random(SEED ^ algorithm);
    const key = generateCredentialKey(algorithm);
    for (let round = 0; round < 40; round++) {
      const one = attempt(key, random, (right) => right);
      Object.assign(one.record.credential!, { signCount: 0, backupEligible: true });
      const change = round % 4 === 0 ? 'none' : 'a flipped bit';
      one.sent = SENT_MUTATIONS[change]!({ ...one.sent }, random);
      const [data, clientData, signature] = [
        one.sent.authenticatorData,
        one.sent.clientDataJSON,
        one.sent.signature,
      ].map((text) => Buffer.from(text, 'base64url'));
      const signed = Buffer.concat([data!, sha256(clientData!)]);
      const isValid = verify(hashName, signed, key.publicKey, signature!);
      expect((await ours(one)).accepted).toBe(isValid);
    }
  });
});
