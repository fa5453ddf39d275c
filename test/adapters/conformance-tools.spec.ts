import { randomBytes } from 'node:crypto';
import { decodeCBOR, encodeCBOR } from '@levischuck/tiny-cbor';
import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { AttestationAuthority } from '../support/attestation-authority';
import { type Answer, Browser, expectStatus } from '../support/browser';
import {
  type AssertionOverrides,
  type Overrides,
  SoftwareAuthenticator,
} from '../support/software-authenticator';
import { TestServer } from '../support/test-server';

type Body = Record<string, unknown>;

const OK = { status: 200, body: { status: 'ok', errorMessage: '' } };
const FAILED = { body: { status: 'failed', errorMessage: expect.stringMatching(/\S/) } };

interface Credential extends Body {
  response: Body;
}

const without = <T extends object>(object: T, member: string): Partial<T> =>
  Object.fromEntries(Object.entries(object).filter(([name]) => name !== member)) as Partial<T>;

/** Their own JSON of a credential: `getClientExtensionResults`, and no `rawId`. */
const asTheToolsSend = ({
  id,
  type,
  response,
  clientExtensionResults,
}: RegistrationResponseJSON | AuthenticationResponseJSON): Credential => ({
  id,
  type,
  response: { ...response },
  getClientExtensionResults: clientExtensionResults,
});

/** The request cases of the FIDO Alliance's conformance tools for servers, as far as they are published. */
describe('the conformance tools', () => {
  let server: TestServer;
  let tools: Browser;
  beforeAll(async () => {
    server = await TestServer.start({ CONFORMANCE_TOOLS: 'on' });
  });
  afterAll(() => server.stop());
  beforeEach(() => {
    tools = new Browser(server, new SoftwareAuthenticator(), null);
  });

  const freshName = () => `${randomBytes(6).toString('hex')}@example.com`;
  const creation = (body: Body = {}) =>
    tools.post<PublicKeyCredentialCreationOptionsJSON & Body>('/attestation/options', {
      username: freshName(),
      displayName: 'John Doe',
      authenticatorSelection: { requireResidentKey: false, userVerification: 'preferred' },
      attestation: 'direct',
      ...body,
    });
  const attest = (body: unknown) => tools.post<Body>('/attestation/result', body);
  const request = (body: Body) =>
    tools.post<PublicKeyCredentialRequestOptionsJSON & Body>('/assertion/options', body);
  const assertion = (body: unknown) => tools.post<Body>('/assertion/result', body);

  const register = async (
    username = freshName(),
    body: Body = {},
    lies: Overrides = {},
  ): Promise<Answer<Body>> => {
    const options = expectStatus(200, await creation({ username, attestation: 'none', ...body }));
    return attest(asTheToolsSend(tools.authenticator.register(options, lies)));
  };

  describe('MakeCredential request', () => {
    it('gets what the specification asks for, with what it asked for', async () => {
      const asked = {
        username: freshName(),
        displayName: 'Alex P. Müller',
        authenticatorSelection: {
          requireResidentKey: true,
          authenticatorAttachment: 'cross-platform',
          userVerification: 'required',
        },
        attestation: 'direct',
        extensions: { 'example.extension': true },
      };
      const { body } = await creation(asked);
      expect(body).toMatchObject({
        ...OK.body,
        rp: { name: 'Test' },
        user: { name: asked.username, displayName: asked.displayName },
        authenticatorSelection: asked.authenticatorSelection,
        attestation: 'direct',
        extensions: asked.extensions,
        excludeCredentials: [],
      });
      const bytes = (text: string) => Buffer.from(text, 'base64url').length;
      expect(bytes(body.challenge)).toBeGreaterThanOrEqual(16);
      expect(bytes(body.challenge)).toBeLessThanOrEqual(64);
      expect(bytes(body.user.id)).toBeLessThanOrEqual(64);
      expect(body.pubKeyCredParams).toContainEqual({ type: 'public-key', alg: -7 });
      expect(body.timeout).toBeGreaterThan(0);
    });

    it('gets another challenge each time, and the user’s credentials to exclude', async () => {
      const username = freshName();
      const first = (await creation({ username })).body;
      expect((await creation({ username })).body.challenge).not.toBe(first.challenge);
      expect(await register(username)).toMatchObject(OK);
      const { excludeCredentials } = (await creation({ username })).body;
      expect(excludeCredentials).toMatchObject([
        { type: 'public-key', id: tools.authenticator.credentials.at(-1)!.credentialId },
      ]);
    });

    it.each(['none', 'indirect', 'direct'])('is asked for attestation "%s"', async (attestation) => {
      expect((await creation({ attestation })).body.attestation).toBe(attestation);
    });

    it('is asked for none by default, and for no resident key', async () => {
      const { body } = await tools.post('/attestation/options', {
        username: freshName(),
        displayName: 'John Doe',
      });
      expect(body).toMatchObject({
        attestation: 'none',
        authenticatorSelection: { requireResidentKey: false, userVerification: 'preferred' },
      });
    });

    it.each([
      ['no username', { username: undefined }],
      ['a username that is no string', { username: 1 }],
      ['no displayName', { displayName: undefined }],
      ['an attestation that is not known', { attestation: 'whatever' }],
      ['a user verification that is not known', { authenticatorSelection: { userVerification: 'whatever' } }],
      ['extensions that are no object', { extensions: 'whatever' }],
    ])('fails with %s', async (_what, body) => {
      const answer = await creation(body);
      expect(answer).toMatchObject(FAILED);
      expect(answer.status).toBe(400);
    });
  });

  describe('MakeCredential response', () => {
    it.each([
      ['none', { attestation: 'none' }, 'none' as const],
      ['packed with self attestation', { attestation: 'direct' }, 'packed-self' as const],
    ])('is taken with a statement of %s', async (_what, body, attestation) => {
      tools.authenticator.attestation = attestation;
      expect(await register(freshName(), body)).toMatchObject(OK);
    });

    it('is taken with a full packed statement', async () => {
      const authority = await AttestationAuthority.create();
      tools.authenticator.attestation = await authority.issue();
      expect(await register(freshName(), { attestation: 'direct' })).toMatchObject(OK);
    });

    it('is taken a second time for the same user, by another authenticator', async () => {
      const username = freshName();
      expect(await register(username)).toMatchObject(OK);
      tools = new Browser(server, new SoftwareAuthenticator(), null);
      expect(await register(username)).toMatchObject(OK);
      expect((await request({ username })).body.allowCredentials).toHaveLength(2);
    });

    const refusals: [what: string, change: (credential: Credential) => unknown][] = [
      ['id missing', (one) => without(one, 'id')],
      ['id no string', (credential) => ({ ...credential, id: 1 })],
      ['id not base64url', (credential) => ({ ...credential, id: '++//==' })],
      ['type missing', (one) => without(one, 'type')],
      ['type no string', (credential) => ({ ...credential, type: 1 })],
      ['type another', (credential) => ({ ...credential, type: 'private-key' })],
      ['response missing', (one) => without(one, 'response')],
      ['response no object', (credential) => ({ ...credential, response: 'response' })],
      ...['clientDataJSON', 'attestationObject'].flatMap(
        (member): [string, (credential: Credential) => unknown][] => [
          [`${member} missing`, (one) => ({ ...one, response: { ...one['response'], [member]: undefined } })],
          [`${member} no string`, (one) => ({ ...one, response: { ...one['response'], [member]: 1 } })],
          [`${member} empty`, (one) => ({ ...one, response: { ...one['response'], [member]: '' } })],
          [
            `${member} no base64url`,
            (one) => ({ ...one, response: { ...one['response'], [member]: '++//' } }),
          ],
        ],
      ),
    ];
    it.each(refusals)('fails with %s', async (_what, change) => {
      const options = expectStatus(200, await creation({ attestation: 'none' }));
      const answer = await attest(change(asTheToolsSend(tools.authenticator.register(options))));
      expect(answer).toMatchObject(FAILED);
      expect(answer.status).toBe(400);
    });

    type Members = Map<string, string | Uint8Array | number | Map<string, number>>;
    const objects: [what: string, change: (members: Members) => unknown][] = [
      ['fmt missing', (members) => members.delete('fmt')],
      ['fmt no string', (members) => members.set('fmt', 1)],
      ['fmt unknown', (members) => members.set('fmt', 'packed-x')],
      ['attStmt missing', (members) => members.delete('attStmt')],
      ['attStmt no map', (members) => members.set('attStmt', 'statement')],
      ['attStmt of none not empty', (members) => members.set('attStmt', new Map([['alg', -7]]))],
      ['authData missing', (members) => members.delete('authData')],
      ['authData no bytes', (members) => members.set('authData', 'data')],
      ['authData empty', (members) => members.set('authData', new Uint8Array())],
      [
        'authData followed by bytes',
        (members) =>
          members.set('authData', new Uint8Array([...(members.get('authData') as Uint8Array), 0, 1])),
      ],
      [
        'authData without the attested credential that it promises',
        (members) => members.set('authData', (members.get('authData') as Uint8Array).slice(0, 37)),
      ],
    ];
    it.each(objects)('fails with %s', async (_what, change) => {
      const options = expectStatus(200, await creation({ attestation: 'none' }));
      const credential = asTheToolsSend(tools.authenticator.register(options));
      const bytes = Buffer.from(String(credential.response['attestationObject']), 'base64url');
      const members = decodeCBOR(new Uint8Array(bytes)) as Members;
      change(members);
      credential.response['attestationObject'] = Buffer.from(encodeCBOR(members)).toString('base64url');
      const answer = await attest(credential);
      expect(answer).toMatchObject(FAILED);
      expect(answer.status).toBe(400);
    });

    const lies: [what: string, lies: Overrides, body?: Body][] = [
      ['type missing in the client data', { clientData: (one) => without(one, 'type') }],
      ['type of the other ceremony', { type: 'webauthn.get' }],
      ['challenge missing', { clientData: (one) => without(one, 'challenge') }],
      ['challenge empty', { challenge: '' }],
      ['another challenge', { challenge: randomBytes(32).toString('base64url') }],
      ['origin missing', { clientData: (one) => without(one, 'origin') }],
      ['another origin', { origin: 'https://example.com' }],
      ['another RP ID', { rpId: 'example.com' }],
      ['nobody present', { up: false }],
      [
        'nobody verified where it is required',
        { uv: false },
        { authenticatorSelection: { userVerification: 'required' } },
      ],
    ];
    it.each(lies)('fails with %s', async (_what, override, body = {}) => {
      const answer = await register(freshName(), body, override);
      expect(answer).toMatchObject(FAILED);
      expect(answer.status).toBe(400);
    });

    it('is taken of somebody who is not verified, where that is preferred', async () => {
      expect(await register(freshName(), {}, { uv: false })).toMatchObject(OK);
    });

    it('fails with no statement where it is asked for, and the second time', async () => {
      expect(await register(freshName(), { attestation: 'direct' })).toMatchObject(FAILED);
      const options = expectStatus(200, await creation({ attestation: 'none' }));
      const credential = asTheToolsSend(tools.authenticator.register(options));
      expect(await attest(credential)).toMatchObject(OK);
      expect(await attest(credential)).toMatchObject(FAILED);
    });

    it('fails without options before it', async () => {
      const options = expectStatus(200, await creation());
      const credential = asTheToolsSend(tools.authenticator.register(options));
      tools.cookies.clear();
      expect(await attest(credential)).toMatchObject(FAILED);
    });
  });

  describe('GetAssertion', () => {
    const registered = async () => {
      const username = freshName();
      expect(await register(username)).toMatchObject(OK);
      return username;
    };
    const sign = async (username: string, body: Body = {}, override: AssertionOverrides = {}) => {
      const options = expectStatus(200, await request({ username, ...body }));
      return asTheToolsSend(tools.authenticator.authenticate(options, override));
    };

    it('request gets what it asked for', async () => {
      const username = await registered();
      const extensions = { 'example.extension': true };
      const { body } = await request({ username, userVerification: 'required', extensions });
      expect(body).toMatchObject({
        ...OK.body,
        rpId: 'localhost',
        userVerification: 'required',
        extensions,
        allowCredentials: [{ type: 'public-key', id: tools.authenticator.credentials[0]!.credentialId }],
      });
      expect((await request({ username })).body).toMatchObject({ userVerification: 'preferred' });
      expect((await request({ username })).body.challenge).not.toBe(body.challenge);
    });

    it('request fails for a user who does not exist', async () => {
      const answer = await request({ username: freshName() });
      expect(answer).toMatchObject(FAILED);
      expect(answer.status).toBe(404);
    });

    it('response is taken, with an empty user handle too', async () => {
      const username = await registered();
      expect(await assertion(await sign(username))).toMatchObject(OK);
      const { response, ...credential } = await sign(username);
      expect(await assertion({ ...credential, response: { ...response, userHandle: '' } })).toMatchObject(OK);
    });

    it('response is taken of somebody who is not verified, where that is preferred or discouraged', async () => {
      const username = await registered();
      for (const userVerification of ['preferred', 'discouraged']) {
        expect(await assertion(await sign(username, { userVerification }, { uv: false }))).toMatchObject(OK);
      }
      const unverified = await sign(username, { userVerification: 'required' }, { uv: false });
      expect(await assertion(unverified)).toMatchObject(FAILED);
    });

    const lies: [what: string, lies: AssertionOverrides][] = [
      ['type of the other ceremony', { type: 'webauthn.create' }],
      ['another challenge', { challenge: randomBytes(32).toString('base64url') }],
      ['another origin', { origin: 'https://example.com' }],
      ['another RP ID', { rpId: 'example.com' }],
      ['nobody present', { up: false }],
      ['another signature', { signature: (signature) => Buffer.from(signature).reverse() }],
      ['another credential', { credentialId: randomBytes(32).toString('base64url') }],
      ['another user handle', { userHandle: randomBytes(64).toString('base64url') }],
    ];
    it.each(lies)('response fails with %s', async (_what, override) => {
      const answer = await assertion(await sign(await registered(), {}, override));
      expect(answer).toMatchObject(FAILED);
      expect(answer.status).toBe(400);
    });

    it.each(['clientDataJSON', 'authenticatorData', 'signature'])(
      'response fails without %s',
      async (member) => {
        const username = await registered();
        for (const value of [undefined, 1, '', '++//']) {
          const { response, ...credential } = await sign(username);
          expect(
            await assertion({ ...credential, response: { ...response, [member]: value } }),
          ).toMatchObject(FAILED);
        }
      },
    );

    it('response fails with a counter that has gone back', async () => {
      Object.assign(tools.authenticator, { counter: 'increment', backupEligible: false });
      const username = await registered();
      expect(await assertion(await sign(username))).toMatchObject(OK);
      expect(await assertion(await sign(username, {}, { counter: 0 }))).toMatchObject(FAILED);
    });
  });

  it('fail with a body that is no JSON object', async () => {
    for (const path of ['/attestation/result', '/assertion/result']) {
      expect(await tools.post(path, [])).toMatchObject(FAILED);
      expect(await tools.post(path, '"text"')).toMatchObject(FAILED);
    }
  });
});

describe('without the conformance tools', () => {
  it.each(['attestation/options', 'attestation/result', 'assertion/options', 'assertion/result'])(
    '/%s is no route',
    async (path) => {
      const server = await TestServer.start();
      const answer = await new Browser(server).post(`/${path}`, { username: 'alice', displayName: 'Alice' });
      expect(answer.status).toBe(404);
      await server.stop();
    },
  );
});
