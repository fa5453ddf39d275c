import { constants, createHash, randomBytes, randomInt, randomUUID, verify } from 'node:crypto';
import { encodeCBOR } from '@levischuck/tiny-cbor';
import { type AuthenticationResponseJSON, verifyAuthenticationResponse } from '@simplewebauthn/server';
import { decodeCredentialPublicKey } from '@simplewebauthn/server/helpers';
import { verifyAssertion } from '../../libs/experience-verification/src/authentication/assertion-verification';
import { AssertionPayloadDto } from '../../libs/experience-verification/src/authentication/authentication.dto';
import { readDto } from '../../libs/experience-verification/src/validation/request-body';
import { ExperienceException } from '../../libs/experience-verification/src/errors/experience.exception';
import { toRelyingParty } from '../../libs/experience-verification/src/relying-party/relying-party.options';
import type { SpentRecord } from '../../libs/experience-verification/src/records/verification-record.repository';
import { COSE_ALGORITHMS } from '../../libs/experience-verification/src/webauthn/cose-algorithms';
import {
  CREDENTIAL_ALGORITHMS,
  type CredentialKey,
  generateCredentialKey,
  signWith,
  SUPPORTED_ALGORITHMS,
} from '../support/credential-key';
import { Random } from './random';
import { type Sent, SENT_MUTATIONS } from './sent-mutations';
import { type Told, TOLD_MUTATIONS } from './told-mutations';

/** Of each algorithm; `npm run test:differential` makes 10,000. `SEED` repeats a run. */
const ASSERTIONS = Number(process.env['ASSERTIONS'] ?? 200);
const SEED = Number(process.env['SEED'] ?? randomInt(2 ** 31));

/** An algorithm as node:crypto is to verify it, whatever the server's own table says. */
interface Row {
  name: string;
  id: number;
  hash: string | null;
  padding?: { padding: number; saltLength?: number };
  /** Whether @simplewebauthn/server has it too. */
  inLibrary: boolean;
  /** Whether integers padded with zeros are read. */
  readsZeros?: true;
  /** Where the identifier has another row. */
  curve?: string;
}

const pss = (saltLength: number) => ({ padding: constants.RSA_PKCS1_PSS_PADDING, saltLength });

const ROWS: Row[] = [
  { name: 'ES256', id: -7, hash: 'sha256', inLibrary: true, readsZeros: true },
  { name: 'ES384', id: -35, hash: 'sha384', inLibrary: true, readsZeros: true },
  { name: 'ES512', id: -36, hash: 'sha512', inLibrary: true, readsZeros: true },
  { name: 'EdDSA', id: -8, hash: null, inLibrary: true },
  { name: 'RS256', id: -257, hash: 'sha256', inLibrary: true },
  { name: 'RS384', id: -258, hash: 'sha384', inLibrary: true },
  { name: 'RS512', id: -259, hash: 'sha512', inLibrary: true },
  { name: 'PS256', id: -37, hash: 'sha256', padding: pss(32), inLibrary: true },
  { name: 'PS384', id: -38, hash: 'sha384', padding: pss(48), inLibrary: true },
  { name: 'PS512', id: -39, hash: 'sha512', padding: pss(64), inLibrary: true },
  { name: 'ESP256', id: -9, hash: 'sha256', inLibrary: false },
  { name: 'ESP384', id: -51, hash: 'sha384', inLibrary: false },
  { name: 'ESP512', id: -52, hash: 'sha512', inLibrary: false },
  { name: 'ES256K', id: -47, hash: 'sha256', inLibrary: false },
  { name: 'Ed25519', id: -19, hash: null, inLibrary: false },
  { name: 'Ed448', id: -53, hash: null, inLibrary: false },
  { name: 'EdDSA on Ed448', id: -8, hash: null, inLibrary: false, curve: 'Ed448' },
  { name: 'ML-DSA-44', id: -48, hash: null, inLibrary: false },
  { name: 'ML-DSA-65', id: -49, hash: null, inLibrary: false },
  { name: 'ML-DSA-87', id: -50, hash: null, inLibrary: false },
];

/** Those that this runtime's OpenSSL has. */
const HERE = ROWS.filter(({ id }) => SUPPORTED_ALGORITHMS.includes(id));

const kindOf = ({ id, curve }: Row) =>
  (curve && COSE_ALGORITHMS.find((one) => one.id === id && one.curve?.jwk === curve)) || id;

/** The seed of a row: `SEED` alone, but for what tells the rows apart. */
const randomOf = ({ name }: Row) => new Random(SEED ^ sha256(name).readInt32BE());

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
  step?: string;
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
    const { reason, data, step } = error.details;
    return { accepted: false, reason: reason ?? JSON.stringify(data), step };
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

/** An ECDSA signature of this form whose integers are as long as they have to be; others are left. */
function withoutZeros(signature: Buffer): Buffer {
  const read = /^30(?:81)?(..)02(..)/.exec(signature.toString('hex'));
  if (!read) return signature;
  const start = read[0].length / 2;
  const rEnd = start + parseInt(read[2]!, 16);
  const integers = [signature.subarray(start, rEnd), signature.subarray(rEnd + 2)].map((value) => {
    const digits = value.toString('hex').replace(/^(00)+/, '');
    const isNegative = parseInt(digits.slice(0, 2), 16) >= 0x80;
    return Buffer.from(`${isNegative ? '00' : ''}${digits}`, 'hex');
  });
  const content = Buffer.concat(integers.flatMap((value) => [Buffer.of(2, value.length), value]));
  return Buffer.concat([Buffer.of(0x30, ...(content.length > 127 ? [0x81] : []), content.length), content]);
}

/** Whether node:crypto takes the signature, as it is or in another form. */
function isSigned(
  { hash, padding }: Row,
  { sent }: Attempt,
  { publicKey }: CredentialKey,
  form = (signature: Buffer) => signature,
): boolean {
  const [data, clientData, signature] = [sent.authenticatorData, sent.clientDataJSON, sent.signature].map(
    (text) => Buffer.from(text, 'base64url'),
  );
  const signed = Buffer.concat([data!, sha256(clientData!)]);
  return verify(hash, signed, { key: publicKey, ...padding }, form(signature!));
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

describe(`verdicts beside those of node:crypto and @simplewebauthn/server (SEED=${SEED})`, () => {
  const keys = new Map(HERE.map((row) => [row.name, [0, 1].map(() => generateCredentialKey(kindOf(row)))]));

  it('are of every algorithm that the runtime has', () => {
    const rows = (all: { id: number }[]) => [...new Set(all.map(({ id }) => id))].sort();
    expect(rows(HERE)).toEqual(rows(CREDENTIAL_ALGORITHMS));
    expect(rows(ROWS)).toEqual(rows(COSE_ALGORITHMS.filter(({ attestationOnly }) => !attestationOnly)));
  });

  it.each(HERE)(
    `are the same on ${ASSERTIONS} assertions of $name, or stricter by intent`,
    async (row) => {
      const random = randomOf(row);
      const [mine, foreign] = keys.get(row.name) as [CredentialKey, CredentialKey];
      const seen = { accepted: 0, refused: 0, stricter: 0 };
      for (let round = 0; round < ASSERTIONS; round++) {
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
        const we = await ours(one);
        const they = row.inLibrary ? await theLibrarys(one) : we;
        const isStricter =
          !we.accepted && they.accepted && STRICTER.some((reason) => reason.test(we.reason ?? ''));
        const isMoreTolerant =
          we.accepted && !they.accepted && MORE_TOLERANT.some((reason) => reason.test(they.reason ?? ''));
        const signed = isSigned(row, one, mine);
        // Of ECDSA the library reads integers padded with some zeros, and so do we; OpenSSL does not.
        const isOfTheSignature = we.accepted
          ? signed || (row.readsZeros && isSigned(row, one, mine, withoutZeros))
          : we.step !== '7.2 step 21' || !signed;
        if ((we.accepted !== they.accepted && !isStricter && !isMoreTolerant) || !isOfTheSignature) {
          const told = JSON.stringify({ we, they, signed, sent: one.sent }, null, 2);
          throw new Error(`${toldName}, ${sentName}: ${told}`);
        }
        seen[isStricter ? 'stricter' : we.accepted ? 'accepted' : 'refused'] += 1;
      }
      expect(seen.accepted).toBeGreaterThan(ASSERTIONS / 20);
      expect(seen.refused).toBeGreaterThan(ASSERTIONS / 5);
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
    expect(await ours(one)).toMatchObject({ accepted: false, reason: expect.stringMatching(reason) });
  });

  it('are the same on keys whose algorithm is another, not known, or missing', async () => {
    const random = new Random(SEED);
    for (const { name } of HERE.filter(({ inLibrary }) => inLibrary)) {
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
