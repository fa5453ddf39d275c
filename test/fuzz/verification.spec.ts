import { createHash } from 'node:crypto';
import { SettingsService } from '@simplewebauthn/server';
import fc from 'fast-check';
import { readCoseKey } from '../../libs/experience-verification/src/webauthn/cose-key';
import { signWith } from '../support/credential-key';
import { campaign, heapAfterCollection, INPUTS, SEED, shown, type Tally } from './campaign';
import { honestAssertions, honestAttestations, ROOTS } from './honest-answers';
import { mutate, type Mutation, mutations } from './mutations';
import { mayBeAccepted } from './oracle';
import {
  type AssertionInput,
  type AttestationInput,
  judgeAssertion,
  judgeAttestation,
  type Verdict,
} from './targets';

/** Shares of all inputs; the rest goes over HTTP. */
const SHARES = { attestation: 0.3, assertion: 0.25, key: 0.1, signed: 0.15 };

const MEGABYTE = 2 ** 20;

const acceptedOf = (verdict: Verdict): string | null => ('accepted' in verdict ? verdict.accepted : null);

const bytes = (text: string) => Buffer.from(text, 'base64url');

describe(`mutation fuzzing in this process, FUZZ_SEED=${SEED}`, () => {
  const attestations = honestAttestations();
  const assertions = honestAssertions();
  const tallies: Record<string, Tally> = {};
  let heap: number;

  beforeAll(async () => {
    for (const [identifier, certificates] of Object.entries(ROOTS)) {
      SettingsService.setRootCertificates({
        identifier: identifier as 'packed',
        certificates: certificates.map((certificate) => new Uint8Array(certificate)),
      });
    }
    // Warm up, so that what is loaded and compiled once does not count as growth.
    const warmUp = fc.sample(mutations, { seed: SEED, numRuns: 300 });
    for (const changes of warmUp) {
      for (const honest of attestations) await judgeAttestation(changedAttestation(honest, 0, changes));
      for (const honest of assertions) await judgeAssertion(changedAssertion(honest, 0, changes));
    }
    heap = heapAfterCollection();
  }, 120_000);

  afterAll(() => {
    for (const [name, tally] of Object.entries(tallies)) console.log(`${name}: ${shown(tally)}`);
  });

  const ATTESTATION_PARTS = ['attestationObject', 'clientDataJSON', 'id'] as const;

  const changedAttestation = (
    honest: AttestationInput,
    part: number,
    changes: Mutation[],
  ): AttestationInput => {
    const input = structuredClone(honest);
    const { payload } = input;
    const member = ATTESTATION_PARTS[part % 3]!;
    const change = (text: string) => mutate(bytes(text), changes).toString('base64url');
    if (member === 'id') payload.id = payload.rawId = change(payload.id) || 'AA';
    else payload.response[member] = change(payload.response[member]) || 'AA';
    return input;
  };

  const ASSERTION_PARTS = ['authenticatorData', 'clientDataJSON', 'signature'] as const;

  const changedAssertion = (
    { payload, challenge, publicKey, userHandle }: AssertionInput,
    part: number,
    changes: Mutation[],
  ): AssertionInput => {
    const changed = structuredClone(payload);
    const member = ASSERTION_PARTS[part % 3]!;
    changed.response[member] = mutate(bytes(changed.response[member]), changes).toString('base64url') || 'AA';
    return { payload: changed, challenge, publicKey, userHandle };
  };

  const pick = <T>(values: T[]) =>
    fc.integer({ min: 0, max: values.length - 1 }).map((index) => values[index]!);

  it('honest answers are accepted', async () => {
    for (const honest of attestations) expect(acceptedOf(await judgeAttestation(honest))).not.toBeNull();
    for (const honest of assertions) expect(acceptedOf(await judgeAssertion(honest))).not.toBeNull();
  });

  it('attestation objects, client data and ids that were changed register nothing', async () => {
    const honestVerdicts = new Map<AttestationInput, string>();
    for (const honest of attestations)
      honestVerdicts.set(honest, acceptedOf(await judgeAttestation(honest))!);
    const input = fc.record({
      honest: pick(attestations),
      part: fc.constantFrom(0, 0, 0, 1, 2),
      changes: mutations,
    });
    tallies['attestations'] = await campaign(
      'attestation',
      Math.ceil(INPUTS * SHARES.attestation),
      input,
      async ({ honest, part, changes }) => {
        const accepted = acceptedOf(await judgeAttestation(changedAttestation(honest, part, changes)));
        if (accepted === null) return 'bad';
        expect(accepted).toBe(honestVerdicts.get(honest));
        return 'same';
      },
      ({ honest, part, changes }) => changedAttestation(honest, part, changes),
    );
  }, 900_000);

  it('authenticator data, client data and signatures that were changed sign nobody in', async () => {
    const input = fc.record({ honest: pick(assertions), part: fc.nat(2), changes: mutations });
    tallies['assertions'] = await campaign(
      'assertion',
      Math.ceil(INPUTS * SHARES.assertion),
      input,
      async ({ honest, part, changes }) => {
        const changed = changedAssertion(honest, part, changes);
        const accepted = acceptedOf(await judgeAssertion(changed));
        if (accepted === null) return 'bad';
        expect(changed.payload).toEqual(honest.payload);
        return 'same';
      },
      ({ honest, part, changes }) => changedAssertion(honest, part, changes),
    );
  }, 900_000);

  it('no single bit of an assertion can be flipped', async () => {
    const step = INPUTS < 20_000 ? 7 : 1;
    for (const honest of assertions) {
      for (const member of ASSERTION_PARTS) {
        const original = bytes(honest.payload.response[member]);
        for (let bit = 0; bit < original.length * 8; bit += step) {
          const flipped = Buffer.from(original);
          flipped[bit >> 3]! ^= 1 << (bit & 7);
          const payload = structuredClone(honest.payload);
          payload.response[member] = flipped.toString('base64url');
          const verdict = await judgeAssertion({ ...honest, payload });
          expect([member, bit, acceptedOf(verdict)]).toEqual([member, bit, null]);
        }
      }
    }
  }, 120_000);

  it('credential keys that were changed verify nothing', async () => {
    const input = fc.record({ honest: pick(assertions), changes: mutations });
    const withKey = ({ payload, challenge, userHandle }: AssertionInput, key: Buffer): AssertionInput => ({
      payload,
      challenge,
      userHandle,
      publicKey: key.toString('base64url'),
    });
    tallies['COSE keys'] = await campaign(
      'assertion',
      Math.ceil(INPUTS * SHARES.key),
      input,
      async ({ honest, changes }) => {
        const key = mutate(bytes(honest.publicKey), changes);
        const accepted = acceptedOf(await judgeAssertion(withKey(honest, key)));
        if (accepted === null) return 'bad';
        // Bytes after the key, or another spelling: it must be the very same key.
        expect(readCoseKey(key).key.equals(readCoseKey(bytes(honest.publicKey)).key)).toBe(true);
        return 'same';
      },
      ({ honest, changes }) => withKey(honest, mutate(bytes(honest.publicKey), changes)),
    );
  }, 900_000);

  it('what a dishonest authenticator signs well is judged as the specification has it', async () => {
    const member = fc.constantFrom('type', 'challenge', 'origin', 'crossOrigin', 'topOrigin', 'more');
    const value = fc.oneof(
      fc.jsonValue(),
      fc.constantFrom(
        'webauthn.get',
        'webauthn.create',
        'http://localhost:3000',
        'http://localhost:3000/',
        true,
        false,
        null,
        '',
      ),
    );
    const maybe = fc.oneof(fc.constant<Mutation[]>([]), mutations);
    const input = fc.record({
      honest: pick(assertions),
      members: fc.array(fc.tuple(member, value), { maxLength: 3 }),
      clientChanges: maybe,
      dataChanges: maybe,
      flags: fc.option(fc.nat(255), { nil: undefined }),
    });
    type Signed = ReturnType<typeof sign>;
    const sign = ({
      honest,
      members,
      clientChanges,
      dataChanges,
      flags,
    }: typeof input extends fc.Arbitrary<infer T> ? T : never) => {
      const { challenge, publicKey, userHandle, authenticator } = honest;
      const clientData = JSON.parse(bytes(honest.payload.response.clientDataJSON).toString()) as object;
      const json = Buffer.from(JSON.stringify({ ...clientData, ...Object.fromEntries(members) }));
      const clientDataJSON = mutate(json, clientChanges);
      const authData = mutate(bytes(honest.payload.response.authenticatorData), dataChanges);
      if (flags !== undefined && authData.length > 32) authData[32] = flags;
      const hash = createHash('sha256').update(clientDataJSON).digest();
      const signature = signWith(authenticator.credentials[0]!, Buffer.concat([authData, hash]));
      const payload = structuredClone(honest.payload);
      payload.response.clientDataJSON = clientDataJSON.toString('base64url') || 'AA';
      payload.response.authenticatorData = authData.toString('base64url') || 'AA';
      payload.response.signature = signature.toString('base64url');
      const assertion: AssertionInput = { payload, challenge, publicKey, userHandle };
      return { assertion, clientDataJSON, authData };
    };
    const judge = async ({ assertion, clientDataJSON, authData }: Signed) => {
      const accepted = acceptedOf(await judgeAssertion(assertion));
      if (accepted === null) return 'bad' as const;
      expect(mayBeAccepted(clientDataJSON, authData, assertion.challenge)).toBe(true);
      return 'same' as const;
    };
    tallies['well-signed assertions'] = await campaign(
      'assertion',
      Math.ceil(INPUTS * SHARES.signed),
      input,
      (drawn) => judge(sign(drawn)),
      (drawn) => sign(drawn).assertion,
    );
  }, 900_000);

  it('memory does not grow', () => {
    const growth = (heapAfterCollection() - heap) / MEGABYTE;
    console.log(`heap after collection: ${growth.toFixed(1)} MiB more than after the warm-up`);
    expect(growth).toBeLessThan(24);
  });
});
