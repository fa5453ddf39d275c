import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialRequestOptionsJSON,
} from '@simplewebauthn/server';
import { Browser, expectStatus, freshUsername } from '../support/browser';
import { SoftwareAuthenticator } from '../support/software-authenticator';
import { signedIn } from '../support/signed-in';
import { TestServer } from '../support/test-server';

const FAILED = { status: 400, body: { code: 'session.mfa.webauthn_verification_failed' } };
const SPENT = { status: 400, body: { code: 'session.mfa.pending_info_not_found' } };

/** Order of P-256. */
const N = BigInt('0xffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551');
/** Order of Ed25519's base point, little-endian in signatures. */
const L = 2n ** 252n + 27742317777372353535851937790883648493n;

const integer = (bytes: Buffer) => Buffer.concat([Buffer.of(0x02, bytes.length), bytes]);
const sequence = (...parts: Buffer[]) => {
  const body = Buffer.concat(parts);
  return Buffer.concat([Buffer.of(0x30, body.length), body]);
};

/** The integers of an ECDSA signature in DER, as they stand. */
const parse = (der: Buffer): [r: Buffer, s: Buffer] => {
  const length = der[3]!;
  return [der.subarray(4, 4 + length), der.subarray(6 + length)];
};

const toInteger = (value: bigint): Buffer => {
  const hex = value.toString(16);
  const bytes = Buffer.from(hex.padStart(hex.length + (hex.length % 2), '0'), 'hex');
  return bytes[0]! & 0x80 ? Buffer.concat([Buffer.of(0), bytes]) : bytes;
};

const valueOf = (bytes: Buffer) => BigInt(`0x${bytes.toString('hex')}`);

describe('signature malleability', () => {
  let server: TestServer;
  beforeAll(async () => {
    server = await TestServer.start();
  });
  afterAll(() => server.stop());

  const registered = async (algorithm: number) => {
    const authenticator = new SoftwareAuthenticator({ algorithms: [algorithm] });
    return (await signedIn(server, freshUsername(), authenticator)).browser;
  };

  const attempt = async (browser: Browser, signature: (honest: Buffer) => Buffer) => {
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions, { signature });
    return browser.verifyAuthentication(verificationId, payload);
  };

  it('lets no second form of a signature sign in again', async () => {
    const browser = await registered(-7);
    const { verificationId, authenticationOptions } = expectStatus(200, await browser.discoverableOptions());
    const payload = browser.authenticator.authenticate(authenticationOptions);
    expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
    const [r, s] = parse(Buffer.from(payload.response.signature, 'base64url'));
    const twin = sequence(integer(r), integer(toInteger(N - valueOf(s))));
    payload.response.signature = twin.toString('base64url');
    expect(await browser.verifyAuthentication(verificationId, payload)).toMatchObject(SPENT);
  });

  it.each<[string, (honest: Buffer) => Buffer]>([
    ['r and s of zero', () => sequence(integer(Buffer.of(0)), integer(Buffer.of(0)))],
    ['r and s of the order', () => sequence(integer(toInteger(N)), integer(toInteger(N)))],
    [
      'r + n',
      (honest) => {
        const [r, s] = parse(honest);
        return sequence(integer(toInteger(valueOf(r) + N)), integer(s));
      },
    ],
    ['s alone', (honest) => sequence(integer(parse(honest)[1]))],
    [
      'r and s the other way round',
      (honest) => {
        const [r, s] = parse(honest);
        return sequence(integer(s), integer(r));
      },
    ],
    ['no bytes but one', () => Buffer.of(0)],
    ['an endless length', () => Buffer.of(0x30, 0x84, 0xff, 0xff, 0xff, 0xff)],
    ['raw r and s', (honest) => Buffer.concat(parse(honest).map((part) => part.subarray(-32)))],
  ])('refuses an ES256 signature of %s', async (_name, signature) => {
    const browser = await registered(-7);
    expect(await attempt(browser, signature)).toMatchObject(FAILED);
  });

  it('takes the signatures of honest authenticators whose r or s is shorter than 32 bytes', async () => {
    const browser = await registered(-7);
    for (let round = 0; round < 4; round += 1) {
      const { verificationId, authenticationOptions } = expectStatus(
        200,
        await browser.discoverableOptions(),
      );
      const payload = withShortInteger(browser.authenticator, authenticationOptions);
      expectStatus(200, await browser.verifyAuthentication(verificationId, payload));
    }
  });

  it('refuses r and s that are padded with zeros beyond what DER has', async () => {
    const browser = await registered(-7);
    const answer = await attempt(browser, (honest) => {
      const [r, s] = parse(honest);
      const zeros = Buffer.alloc(4);
      return sequence(integer(Buffer.concat([zeros, r])), integer(Buffer.concat([zeros, s])));
    });
    expect(answer).toMatchObject(FAILED);
  });

  it('refuses an EdDSA signature with s + L, and one with bytes after it', async () => {
    const browser = await registered(-8);
    const plusOrder = (honest: Buffer) => {
      const s = valueOf(Buffer.from(honest.subarray(32)).reverse()) + L;
      const bytes = Buffer.from(s.toString(16).padStart(64, '0'), 'hex').reverse();
      return Buffer.concat([honest.subarray(0, 32), bytes]);
    };
    expect(await attempt(browser, plusOrder)).toMatchObject(FAILED);
    expect(await attempt(browser, (honest) => Buffer.concat([honest, Buffer.of(0)]))).toMatchObject(FAILED);
    expect(await attempt(browser, (honest) => honest)).toMatchObject({ status: 200 });
  });

  it('refuses an RS256 signature that is short, long, or all zeros', async () => {
    const browser = await registered(-257);
    expect(await attempt(browser, (honest) => honest.subarray(1))).toMatchObject(FAILED);
    expect(await attempt(browser, (honest) => Buffer.concat([Buffer.of(0), honest]))).toMatchObject(FAILED);
    expect(await attempt(browser, (honest) => Buffer.alloc(honest.length))).toMatchObject(FAILED);
    expect(await attempt(browser, (honest) => honest)).toMatchObject({ status: 200 });
  });
});

/** Of many honest assertions, one whose r or s is short: about one in 128 is. */
function withShortInteger(
  authenticator: SoftwareAuthenticator,
  options: PublicKeyCredentialRequestOptionsJSON,
): AuthenticationResponseJSON {
  for (;;) {
    const payload = authenticator.authenticate(options);
    const parts = parse(Buffer.from(payload.response.signature, 'base64url'));
    if (parts.some(({ length }) => length < 32)) return payload;
  }
}
