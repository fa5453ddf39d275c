import { type CBORType, decodeCBOR, encodeCBOR } from '@levischuck/tiny-cbor';
import type { RegistrationResponseJSON } from '@simplewebauthn/server';
import { Certificate } from '../../libs/experience-verification/src/trust/certificates/certificate';
import type { RelyingPartyPolicy } from '../../libs/experience-verification/src/webauthn/relying-party';
import { judgeAttestation } from '../fuzz/targets';
import {
  androidKey,
  attested,
  KEY_TO_SIGN,
  type LateStatementMaker,
  makersCertificate,
  packed,
  safetyNet,
  tpm,
  tpmCertificate,
  u2f,
} from '../support/attestation-statements';
import { type Certified, certify } from '../support/certificates';
import {
  type Behaviour,
  SoftwareAuthenticator,
  type StatementMaker,
} from '../support/software-authenticator';
import { KeyObject } from 'node:crypto';

const MODEL = '0f0f0f0f111122223333444444444444';
const RS1 = -65535;

interface Judged {
  policy?: Partial<RelyingPartyPolicy>;
  anchors?: Certified[];
  behaviour?: Partial<Behaviour>;
  change?: (payload: RegistrationResponseJSON) => RegistrationResponseJSON;
}

/** What becomes of a registration with this statement: `accepted`, or why it is refused. */
async function verdict(
  make: StatementMaker | LateStatementMaker,
  { policy, anchors = [], behaviour, change = (payload) => payload }: Judged = {},
): Promise<string> {
  const authenticator = new SoftwareAuthenticator({ algorithms: [-7], aaguid: MODEL, ...behaviour });
  const challenge = Buffer.alloc(32, 7).toString('base64url');
  const payload = authenticator.register({
    challenge,
    rp: { id: 'localhost', name: 'Test' },
    user: { id: 'AAAA', name: 'a', displayName: 'a' },
    pubKeyCredParams: [{ type: 'public-key', alg: -7 }],
  });
  const answer = change(await attested(payload, authenticator.credentials[0]!, make));
  const input = { payload: answer, challenge, rpId: 'localhost', origin: authenticator.origin };
  const roots = { of: () => anchors.map(({ der }) => new Certificate(der)) };
  const judged = await judgeAttestation(input, [-7, ...(policy?.algorithms ?? [])], policy, roots);
  return 'accepted' in judged ? 'accepted' : String(judged.reason);
}

describe('attestations of the kinds that peers have met', () => {
  let root: Certified;
  let maker: Certified;
  let leaf: Certified;
  let stranger: Certified;
  beforeAll(async () => {
    root = await certify({ name: 'CN=Root', authority: true });
    maker = await certify({ name: 'CN=Maker', issuer: root, authority: true });
    leaf = await makersCertificate(maker);
    stranger = await certify({ name: 'CN=Stranger', authority: true });
  });

  describe('with chains that are not linked', () => {
    it.each<[string, () => Certified[], () => Certified[], RegExp]>([
      ['without what is between leaf and root', () => [leaf], () => [root], /no accepted root/],
      ['with a stranger in between', () => [leaf, stranger], () => [root], /no accepted root/],
      [
        'with a stranger first',
        () => [stranger, leaf, maker],
        () => [root],
        /not one of|no accepted root|authority/,
      ],
      [
        'under the root of a stranger that came along',
        () => [leaf, maker, stranger],
        () => [stranger],
        /no accepted root/,
      ],
      ['with a stranger that nobody needs', () => [leaf, stranger, maker], () => [root], /^accepted$/],
      ['whole', () => [leaf, maker], () => [root], /^accepted$/],
      ['up to the anchor itself', () => [leaf, maker, root], () => [root], /^accepted$/],
      ['ending below the root, in an anchor', () => [leaf], () => [maker], /^accepted$/],
    ])('%s', async (_name, x5c, anchors, expected) => {
      expect(await verdict(packed(x5c()), { anchors: anchors() })).toMatch(expected);
    });
  });

  describe('with AAGUIDs that were cut', () => {
    const model = Buffer.from(MODEL, 'hex');

    it.each<[string, Buffer, RegExp]>([
      ['whole', model, /^accepted$/],
      ['of 15 bytes', model.subarray(0, 15), /the certificate is of the AAGUID/],
      ['of 17 bytes', Buffer.concat([model, Buffer.of(0)]), /the certificate is of the AAGUID/],
      ['of no bytes', Buffer.alloc(0), /the certificate is of the AAGUID/],
      ['of another model', Buffer.alloc(16, 1), /the certificate is of the AAGUID/],
    ])('in the certificate: %s', async (_name, aaguid, expected) => {
      expect(await verdict(packed([await makersCertificate(root, aaguid)]), { anchors: [root] })).toMatch(
        expected,
      );
    });

    it('in the authenticator data, which ends within it or after it', async () => {
      for (const length of [37, 40, 52, 53, 54, 55]) {
        const change = (payload: RegistrationResponseJSON) =>
          withAuthData(payload, (data) => data.subarray(0, length));
        const none: StatementMaker = () => ({ format: 'none', statement: new Map() });
        expect(await verdict(none, { change })).not.toBe('accepted');
      }
    });
  });

  describe("by Android's keystore", () => {
    it.each<[string, Parameters<typeof androidKey>[1], RegExp, RegExp]>([
      ['software', { by: 'software', software: KEY_TO_SIGN }, /^accepted$/, /by software/],
      ['software, which says nothing', { by: 'software' }, /^accepted$/, /by software/],
      [
        'software that claims to speak for hardware',
        { by: 'software', hardware: KEY_TO_SIGN },
        /^accepted$/,
        /by software/,
      ],
      ['hardware', { by: 'trustedEnvironment', hardware: KEY_TO_SIGN }, /^accepted$/, /^accepted$/],
      ['StrongBox', { by: 'strongBox', hardware: KEY_TO_SIGN }, /^accepted$/, /^accepted$/],
      [
        'hardware, which leaves it to software',
        { by: 'trustedEnvironment', software: KEY_TO_SIGN },
        /^accepted$/,
        /does not say where/,
      ],
      [
        'hardware, of an imported key',
        { by: 'trustedEnvironment', hardware: { ...KEY_TO_SIGN, origin: 2 } },
        /not made by the keystore/,
        /not made by the keystore/,
      ],
      [
        'hardware, of a key for all applications',
        {
          by: 'trustedEnvironment',
          hardware: { ...KEY_TO_SIGN, allApplications: null },
        },
        /all applications/,
        /all applications/,
      ],
    ])('attested by %s', async (_name, said, byAny, byHardware) => {
      const make = androidKey(root, said);
      expect(await verdict(make, { anchors: [root] })).toMatch(byAny);
      const policy = { androidKeyEnforcement: 'hardware' } as const;
      expect(await verdict(make, { anchors: [root], policy })).toMatch(byHardware);
      expect(await verdict(make, { anchors: [stranger] })).not.toBe('accepted');
    });
  });

  describe('by SafetyNet', () => {
    let google: Certified;
    beforeAll(async () => {
      google = await certify({ name: 'CN=attest.android.com', issuer: root });
    });

    it.each<[string, Record<string, unknown>, RegExp]>([
      ['of a device that passes the compatibility tests', {}, /^accepted$/],
      ['of a device that does not pass them', { ctsProfileMatch: false }, /\(CTS\)/],
      ['that says nothing of them', { ctsProfileMatch: undefined }, /\(CTS\)/],
      ['that says so in words', { ctsProfileMatch: 'true' }, /\(CTS\)/],
      ['of another answer', { nonce: Buffer.alloc(32).toString('base64') }, /nonce/],
      ['of some time ago', { timestampMs: Date.now() - 600_000 }, /just now/],
      ['of some time to come', { timestampMs: Date.now() + 600_000 }, /just now/],
    ])('%s', async (_name, further, expected) => {
      expect(await verdict(safetyNet([google], further), { anchors: [root] })).toMatch(expected);
    });

    it('under roots of the host alone, and by its own host name', async () => {
      expect(await verdict(safetyNet([google]), { anchors: [stranger] })).toMatch(/no accepted root/);
      const other = await certify({ name: 'CN=attest.example.com', issuer: root });
      expect(await verdict(safetyNet([other]), { anchors: [root] })).toMatch(/not one of attest.android.com/);
    });
  });

  describe('by a TPM', () => {
    it.each<[string, -257 | -65535, 'sha1' | 'sha256', RegExp]>([
      ['RS256', -257, 'sha256', /^accepted$/],
      ['RS1', RS1, 'sha256', /RS1 is accepted only where the policy names it/],
      ['RS1, and names by SHA-1', RS1, 'sha1', /RS1 is accepted only where the policy names it/],
      ['RS256, and names by SHA-1', -257, 'sha1', /RS1 is accepted only where the policy names it/],
    ])('that signs by %s: as the policy names RS1', async (_name, algorithm, names, expected) => {
      const make = tpm(
        [await tpmCertificate(root, algorithm === RS1 ? 'SHA-1' : 'SHA-256')],
        algorithm,
        names,
      );
      expect(await verdict(make, { anchors: [root] })).toMatch(expected);
      const policy = { algorithms: [-7, RS1] };
      expect(await verdict(make, { anchors: [root], policy })).toBe('accepted');
      expect(await verdict(make, { anchors: [stranger], policy })).toMatch(/no accepted root/);
    });
  });

  it('by U2F, of one certificate, with whatever AAGUID', async () => {
    const key = { der: leaf.der, privateKey: KeyObject.from(leaf.keys.privateKey) };
    expect(await verdict(u2f(key), { anchors: [maker] })).toBe('accepted');
    expect(await verdict(u2f(key), { anchors: [root] })).toMatch(/no accepted root/);
  });
});

function withAuthData(
  payload: RegistrationResponseJSON,
  change: (data: Buffer) => Buffer,
): RegistrationResponseJSON {
  const bytes = new Uint8Array(Buffer.from(payload.response.attestationObject, 'base64url'));
  const object = decodeCBOR(bytes) as Map<string, CBORType>;
  object.set('authData', new Uint8Array(change(Buffer.from(object.get('authData') as Uint8Array))));
  const attestationObject = Buffer.from(encodeCBOR(object)).toString('base64url');
  return { ...payload, response: { ...payload.response, attestationObject } };
}
