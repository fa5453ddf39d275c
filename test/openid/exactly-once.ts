import { randomUUID, sign } from 'node:crypto';
import { makeKeyPair } from '../../libs/experience-verification/src/webauthn/key-pair';
import * as client from 'openid-client';
import { freshUsername } from '../support/browser';
import { ORIGIN } from '../support/test-server';
import { CALLBACK, RelyingApplication, Traveller } from './relying-application';

/** Servers on one database, however they run. */
export interface Stage {
  servers: { url: string }[];
  close(): Promise<void>;
}

interface Tokens {
  access_token: string;
  refresh_token: string;
}

const json = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');

/** RFC 9449, section 4.2: a proof for one request. */
function dpopProof(method: string, url: string): string {
  const { privateKey, publicKey } = makeKeyPair('ec', { namedCurve: 'P-256' });
  const header = { typ: 'dpop+jwt', alg: 'ES256', jwk: publicKey.export({ format: 'jwk' }) };
  const claims = { jti: randomUUID(), htm: method, htu: url, iat: Math.floor(Date.now() / 1000) };
  const input = `${json(header)}.${json(claims)}`;
  const signature = sign('sha256', Buffer.from(input), { key: privateKey, dsaEncoding: 'ieee-p1363' });
  return `${input}.${signature.toString('base64url')}`;
}

/** What the provider gives to only one of many calls, whichever server they come to. */
export function describeGivenOnce(over: string, open: () => Promise<Stage>, calls = 50): void {
  describe(`of ${calls} applications at the same moment, over ${over}`, () => {
    let stage: Stage;
    let shop: RelyingApplication;
    let browser: Traveller;
    beforeAll(async () => {
      stage = await open();
      shop = await RelyingApplication.start(stage.servers[0]!);
      browser = new Traveller(stage.servers[0]!);
      await browser.register(freshUsername());
    });
    afterAll(() => stage.close());

    const serverOf = (index: number) => stage.servers[index % stage.servers.length]!;
    /** The calls' answers by what they say, and the body of the one that was given something. */
    const race = async (call: (index: number) => Promise<Response>) => {
      const answers = await Promise.all(Array.from({ length: calls }, (_, index) => call(index)));
      const counts: Record<string, number> = {};
      let won: unknown;
      for (const answer of answers) {
        const body = (await answer.json()) as { error?: string };
        if (answer.status === 200) won = body;
        const key = [answer.status, body.error].filter(Boolean).join(' ');
        counts[key] = (counts[key] ?? 0) + 1;
      }
      return { counts, won: won as Tokens };
    };
    const tokenRequest =
      (body: Record<string, string>, { clientId, clientSecret } = shop.raw()) =>
      (index: number) =>
        fetch(`${serverOf(index).url}/oidc/token`, {
          method: 'POST',
          headers: clientSecret
            ? { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` }
            : {},
          body: new URLSearchParams({ ...body, ...(!clientSecret && { client_id: clientId }) }),
        });
    const expectEnded = async ({ access_token, refresh_token }: Tokens) => {
      for (const token of [access_token, refresh_token]) {
        expect(await client.tokenIntrospection(shop.configuration, token)).toEqual({ active: false });
      }
    };
    const oneOf = (refusal: string) => ({ 200: 1, [refusal]: calls - 1 });

    it('one redeems an authorization code, and what it was given ends', async () => {
      const request = await shop.ask({ scope: 'openid offline_access' });
      const code = new URL(await browser.goTo(request.url)).searchParams.get('code')!;
      const { counts, won } = await race(
        tokenRequest({
          ...{ grant_type: 'authorization_code', code, redirect_uri: CALLBACK },
          code_verifier: request.verifier,
        }),
      );
      expect(counts).toEqual(oneOf('400 invalid_grant'));
      await expectEnded(won);
    });

    it('each is given tokens, or told that the session is over, where it ends meanwhile', async () => {
      const leaving = new Traveller(stage.servers[0]!);
      await leaving.register(freshUsername());
      const codes: Record<string, string>[] = [];
      while (codes.length < 10) {
        const { url, verifier } = await shop.ask();
        const code = new URL(await leaving.goTo(url)).searchParams.get('code')!;
        codes.push({ code, code_verifier: verifier });
      }
      const redeem = (index: number) =>
        tokenRequest({
          ...{ grant_type: 'authorization_code', redirect_uri: CALLBACK },
          ...codes[index % codes.length],
        })(index);
      const [{ counts }] = await Promise.all([race(redeem), leaving.call('DELETE', '/api/session')]);
      expect(Object.keys(counts).filter((answer) => !['200', '400 invalid_grant'].includes(answer))).toEqual(
        [],
      );
    });

    it('one uses a refresh token, and its whole family ends', async () => {
      const request = await shop.ask({ scope: 'openid offline_access' });
      const first = await request.finish(await browser.goTo(request.url));
      const { access_token, refresh_token = '' } = await client.refreshTokenGrant(
        shop.configuration,
        first.refresh_token!,
      );
      const { counts, won } = await race(tokenRequest({ grant_type: 'refresh_token', refresh_token }));
      expect(counts).toEqual(oneOf('400 invalid_grant'));
      await expectEnded(won);
      await expectEnded({ access_token, refresh_token });
      await expectEnded(first as Tokens);
    });

    it('one redeems a device code, and what it was given ends', async () => {
      const television = await RelyingApplication.start(stage.servers[0]!, { type: 'device' });
      const device = await client.initiateDeviceAuthorization(television.configuration, { scope: 'openid' });
      await browser.approve(device);
      const body = {
        grant_type: 'urn:ietf:params:oauth:grant-type:device_code',
        device_code: device.device_code,
      };
      const { counts, won } = await race(tokenRequest(body, television.raw()));
      expect(counts).toEqual(oneOf('400 invalid_grant'));
      expect(await client.tokenIntrospection(television.configuration, won.access_token)).toEqual({
        active: false,
      });
    });

    it('one follows a pushed request', async () => {
      const request = await shop.ask();
      const pushed = await client.buildAuthorizationUrlWithPAR(
        shop.configuration,
        new URL(request.url).searchParams,
      );
      const callbacks = await Promise.all(
        Array.from({ length: calls }, async (_, index) => {
          const same = new Traveller(serverOf(index), browser.authenticator);
          for (const [name, value] of browser.cookies) same.cookies.set(name, value);
          return new URL(await same.goTo(pushed.href));
        }),
      );
      const led = callbacks.filter(({ searchParams }) => searchParams.has('code'));
      expect(led).toHaveLength(1);
      expect(new Set(callbacks.map(({ searchParams }) => searchParams.get('error')))).toEqual(
        new Set([null, 'invalid_request_uri']),
      );
      expect((await request.finish(led[0]!.href)).access_token).toEqual(expect.any(String));
    });

    it('one uses a DPoP proof', async () => {
      const machine = await RelyingApplication.start(stage.servers[0]!, { type: 'machine' });
      const proof = dpopProof('POST', `${ORIGIN}/oidc/token`);
      const { clientId, clientSecret } = machine.raw();
      const { counts, won } = await race((index) =>
        fetch(`${serverOf(index).url}/oidc/token`, {
          method: 'POST',
          headers: {
            authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}`,
            dpop: proof,
          },
          body: new URLSearchParams({ grant_type: 'client_credentials' }),
        }),
      );
      expect(counts).toEqual(oneOf('400 invalid_grant'));
      const { active } = await client.tokenIntrospection(machine.configuration, won.access_token);
      expect(active).toBe(true);
    });
  });
}
