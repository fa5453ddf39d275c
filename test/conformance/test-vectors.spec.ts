import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { convertCertBufferToPEM } from '@simplewebauthn/server/helpers';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { TestServer } from '../support/test-server';
import {
  ATTESTATION_ROOT,
  attestationFormatOf,
  authenticationResponse,
  hex,
  ORIGIN,
  registrationResponse,
  RP_ID,
  TOP_ORIGIN,
  type Vector,
  VECTORS,
} from './vectors';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };

/** Those that can not be accepted, at the registration, with the exact reason. docs/conformance.md explains each. */
const EXCEPTIONS: Record<string, RegExp> = {
  'tpm-es256': /the TPM manufacturer "id:00000000" is not known/,
};

/** Formats whose statements are signed by, or name in a certificate, the whole of what they attest. */
const isSigned = (vector: Vector) => attestationFormatOf(vector) !== 'none';

const ACCEPTED = VECTORS.filter(({ name }) => !(name in EXCEPTIONS));

describe('the test vectors of WebAuthn Level 3', () => {
  let folder: string;
  let serve: (further: object) => Promise<TestServer>;
  let plain: TestServer;
  let embedded: TestServer;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-vectors-'));
    const root = join(folder, 'root.pem');
    await writeFile(root, convertCertBufferToPEM(new Uint8Array(ATTESTATION_ROOT)));
    const formats = ['packed', 'tpm', 'android-key', 'apple', 'fido-u2f'];
    const policy = {
      // Half of the vectors are made without user verification.
      userVerification: 'preferred',
      algorithms: [-7, -35, -36, -8, -53, -257],
      attestation: 'indirect',
    };
    serve = (further) =>
      TestServer.start({
        RP_ID,
        RP_ORIGINS: ORIGIN,
        ATTESTATION_ROOTS: formats.map((format) => `${format}=${root}`).join(),
        RP_POLICY: JSON.stringify({ ...policy, ...further }),
      });
    plain = await serve({});
    embedded = await serve({ crossOrigin: true, topOrigins: [TOP_ORIGIN] });
  });
  afterAll(async () => {
    await plain.stop();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true });
  });

  const serverOf = ({ registration }: Vector) =>
    hex(registration.clientDataJSON).includes('"crossOrigin":true') ? embedded : plain;

  const setChallenge = (server: TestServer, verificationId: string, challenge: Buffer) =>
    server.query(`UPDATE passkey.verification_records SET challenge = $2 WHERE id = $1`, [
      verificationId,
      challenge,
    ]);

  /** A browser whose registration waits for the vector's answer. */
  const pendingRegistration = async (vector: Vector, challenge = hex(vector.registration.challenge)) => {
    const server = serverOf(vector);
    const browser = new Browser(server, undefined, ORIGIN);
    const identifier = freshUsername();
    await browser.start('Register');
    const { verificationId } = expectStatus(200, await browser.registrationOptions(identifier));
    await setChallenge(server, verificationId, challenge);
    return { server, browser, identifier, verificationId };
  };

  /** The vector's credential bound to an account; each vector can be registered once. */
  const registered = new Map<string, Awaited<ReturnType<typeof pendingRegistration>>>();
  const register = async (vector: Vector) => {
    const known = registered.get(vector.name);
    if (known) return known;
    const pending = await pendingRegistration(vector);
    const { browser, verificationId } = pending;
    expectStatus(200, await browser.verifyRegistration(verificationId, registrationResponse(vector)));
    expectStatus(201, await browser.identify(verificationId));
    registered.set(vector.name, pending);
    return pending;
  };

  const pendingAuthentication = async (vector: Vector, challenge = hex(vector.authentication.challenge)) => {
    const { server, browser, identifier } = await register(vector);
    const { verificationId } = expectStatus(200, await browser.authenticationOptions(identifier));
    await setChallenge(server, verificationId, challenge);
    return { server, browser, verificationId };
  };

  it('are fifteen', () => {
    expect(VECTORS).toHaveLength(15);
  });

  describe.each(ACCEPTED.map((vector) => [vector.name, vector] as const))('%s', (_name, vector) => {
    it('is accepted, at registration and authentication', async () => {
      await register(vector);
      const { browser, verificationId } = await pendingAuthentication(vector);
      const answer = await browser.verifyAuthentication(verificationId, authenticationResponse(vector));
      expect(answer).toMatchObject({ status: 200 });
    });

    it.each(['clientDataJSON', 'authenticatorData', 'signature'] as const)(
      'is refused at authentication with any one bit flipped in %s',
      async (member) => {
        const bytes = hex(vector.authentication[member]);
        for (const position of spread(bytes.length, 6)) {
          const flipped = structuredClone(vector);
          flipped.authentication[member] = withBitFlipped(bytes, position);
          const { browser, verificationId } = await pendingAuthentication(vector);
          const answer = await browser.verifyAuthentication(verificationId, authenticationResponse(flipped));
          expect([position, answer]).toMatchObject([position, FAILED]);
        }
      },
    );

    it.each([
      ['challenge', 'authentication', 'challenge":"'],
      ['origin', 'authentication', 'origin":"https://'],
      ['challenge', 'registration', 'challenge":"'],
      ['origin', 'registration', 'origin":"https://'],
    ] as const)('is refused with one bit flipped in the %s of its %s', async (_part, ceremony, before) => {
      const flipped = structuredClone(vector);
      const bytes = hex(vector[ceremony].clientDataJSON);
      flipped[ceremony].clientDataJSON = withBitFlipped(bytes, bytes.indexOf(before) + before.length);
      if (ceremony === 'registration') {
        const { browser, verificationId } = await pendingRegistration(vector);
        const answer = await browser.verifyRegistration(verificationId, registrationResponse(flipped));
        expect(answer).toMatchObject(FAILED);
      } else {
        const { browser, verificationId } = await pendingAuthentication(vector);
        const answer = await browser.verifyAuthentication(verificationId, authenticationResponse(flipped));
        expect(answer).toMatchObject(FAILED);
      }
    });

    it('is refused when the challenge that was sent differs by one bit', async () => {
      const other = (text: string) => hex(withBitFlipped(hex(text), 31));
      const first = await pendingRegistration(vector, other(vector.registration.challenge));
      expect(
        await first.browser.verifyRegistration(first.verificationId, registrationResponse(vector)),
      ).toMatchObject(FAILED);
      const second = await pendingAuthentication(vector, other(vector.authentication.challenge));
      expect(
        await second.browser.verifyAuthentication(second.verificationId, authenticationResponse(vector)),
      ).toMatchObject(FAILED);
    });

    it('is refused with one bit flipped in the rpIdHash', async () => {
      const flipped = structuredClone(vector);
      const { attestationObject } = vector.registration;
      const at = authenticatorDataAt(vector) + 7;
      flipped.registration.attestationObject = withBitFlipped(hex(attestationObject), at);
      flipped.authentication.authenticatorData = withBitFlipped(
        hex(vector.authentication.authenticatorData),
        7,
      );
      const first = await pendingRegistration(vector);
      expect(
        await first.browser.verifyRegistration(first.verificationId, registrationResponse(flipped)),
      ).toMatchObject(FAILED);
      const second = await pendingAuthentication(vector);
      expect(
        await second.browser.verifyAuthentication(second.verificationId, authenticationResponse(flipped)),
      ).toMatchObject(FAILED);
    });

    it('is refused with one bit flipped in the credential key, at registration and in the record', async () => {
      const flipped = structuredClone(vector);
      const bytes = hex(vector.registration.attestationObject);
      // The last byte of the key: it ends the authenticator data, and with `none` nothing signs it but its curve.
      flipped.registration.attestationObject = withBitFlipped(bytes, keyEndsAt(vector) - 2);
      const first = await pendingRegistration(vector);
      const answer = await first.browser.verifyRegistration(
        first.verificationId,
        registrationResponse(flipped),
      );
      expect(answer).toMatchObject(FAILED);
      const { server, browser, verificationId } = await pendingAuthentication(vector);
      const id = hex(vector.registration.credential_id);
      const [record] = await server.query<{ public_key: Buffer }>(
        `SELECT public_key FROM passkey.credential_records WHERE credential_id = $1`,
        [id],
      );
      const key = record!.public_key;
      const setKey = (value: Buffer) =>
        server.query(`UPDATE passkey.credential_records SET public_key = $2 WHERE credential_id = $1`, [
          id,
          value,
        ]);
      await setKey(hex(withBitFlipped(key, key.length - 8)));
      const refused = await browser.verifyAuthentication(verificationId, authenticationResponse(vector));
      await setKey(key);
      expect(refused).toMatchObject(FAILED);
    });

    if (isSigned(vector)) {
      it('is refused at registration with any one bit flipped in client data, authenticator data or signature', async () => {
        const object = hex(vector.registration.attestationObject);
        type Flip = [member: 'clientDataJSON' | 'attestationObject', position: number, bit?: number];
        const flips: Flip[] = [
          ...spread(hex(vector.registration.clientDataJSON).length, 4).map((position): Flip => [
            'clientDataJSON',
            position,
          ]),
          ...signedPositions(vector).map((position): Flip => ['attestationObject', position]),
        ];
        // Apple's statement has no signature but that of its certificate.
        const signature = object.indexOf(Buffer.from('csig'));
        if (signature > 0) {
          flips.push(['attestationObject', signature + 30], ['attestationObject', signature + 6, 0x80]);
        }
        for (const [member, position, bit] of flips) {
          const flipped = structuredClone(vector);
          flipped.registration[member] = withBitFlipped(hex(vector.registration[member]), position, bit);
          const { browser, verificationId } = await pendingRegistration(vector);
          const answer = await browser.verifyRegistration(verificationId, registrationResponse(flipped));
          expect([member, position, answer]).toMatchObject([member, position, FAILED]);
        }
      });
    }
  });

  describe.each(Object.entries(EXCEPTIONS))('%s', (name, reason) => {
    it('is refused for the reason that the table gives, and no other', async () => {
      const vector = VECTORS.find((candidate) => candidate.name === name)!;
      const { browser, verificationId } = await pendingRegistration(vector);
      const answer = await browser.verifyRegistration(verificationId, registrationResponse(vector));
      expect(answer).toMatchObject(FAILED);
      // Nest has one logger: the one of the server that started last writes for both.
      expect(embedded.reasons(FAILED.body.code).at(-1)).toMatch(reason);
    });
  });

  describe('by policies of their own', () => {
    const accepts = async (name: string, further: object) => {
      const running = await serve(further);
      try {
        const vector = VECTORS.find((candidate) => candidate.name === name)!;
        const browser = new Browser(running, undefined, ORIGIN);
        await browser.start('Register');
        const options = await browser.registrationOptions(freshUsername());
        const { verificationId } = expectStatus(200, options);
        await setChallenge(running, verificationId, hex(vector.registration.challenge));
        const { status } = await browser.verifyRegistration(verificationId, registrationResponse(vector));
        return status === 200 ? 'accepted' : running.reasons(FAILED.body.code).at(-1);
      } finally {
        await running.stop();
      }
    };

    it('tpm-es256 is accepted where the maker of its TPM is named', async () => {
      expect(await accepts('tpm-es256', { tpmManufacturers: ['00000000'] })).toBe('accepted');
      expect(await accepts('tpm-es256', { tpmManufacturers: ['00000001'] })).toMatch(/manufacturer/);
    });

    it('android-key-es256 is refused where keys must be of hardware: it is attested by software', async () => {
      expect(await accepts('android-key-es256', { androidKeyEnforcement: 'hardware' })).toMatch(
        /by software/,
      );
    });
  });
});

/** Positions from the first byte to the last, evenly apart. */
const spread = (length: number, count: number): number[] =>
  Array.from({ length: count }, (_, index) => Math.round((index * (length - 1)) / (count - 1)));

/** The bytes, in hex, with one bit of one of them flipped. */
function withBitFlipped(bytes: Buffer, position: number, bit = 1): string {
  const flipped = Buffer.from(bytes);
  flipped[position]! ^= bit;
  return flipped.toString('hex');
}

/** Where the authenticator data begins in the attestation object: it is a byte string that ends it. */
function authenticatorDataAt({ registration }: Vector): number {
  const object = hex(registration.attestationObject);
  const rpIdHash = hex('bfabc37432958b063360d3ad6461c9c4735ae7f8edd46592a5e0f01452b2e4b5');
  return object.lastIndexOf(rpIdHash);
}

/** Positions in the attestation object of what its statement signs of the authenticator data. */
function signedPositions(vector: Vector): number[] {
  const start = authenticatorDataAt(vector);
  const positions = spread(keyEndsAt(vector) - start, 6);
  // A U2F statement signs neither flags, counter nor AAGUID (section 8.6).
  const signed =
    attestationFormatOf(vector) === 'fido-u2f' ? positions.filter((at) => at < 32 || at > 54) : positions;
  return signed.map((position) => start + position);
}

const keyEndsAt = ({ registration }: Vector): number => hex(registration.attestationObject).length;
