import { generateKeyPairSync } from 'node:crypto';
import { createServer } from 'node:http';
import type { Adapter, default as Provider } from 'oidc-provider';
import { APPLICATION, CALLBACK } from './application';
import { ORIGIN } from './people';

/** Entries that its storage keeps, which is 1,000 by default: fewer than a measurement makes. */
const MOST = 100_000;

/** Its in-memory adapter, large enough. */
async function memory(): Promise<(name: string) => Adapter> {
  const LIBRARY = 'oidc-provider/lib';
  const { default: LRU } = (await import(`${LIBRARY}/helpers/lru.js`)) as {
    default: new (options: { maxSize: number }) => object;
  };
  const { default: MemoryAdapter } = (await import(`${LIBRARY}/adapters/memory_adapter.js`)) as {
    default: new (name: string, storage: object, clockTolerance: number) => Adapter;
  };
  const storage = new LRU({ maxSize: MOST });
  return (name) => new MemoryAdapter(name, storage, 0);
}

/**
 * oidc-provider by itself, with its in-memory adapter: what a code flow costs without a database. It asks nobody who they are,
 * and has no log, metrics, limits, audit or user directory.
 */
async function serve(): Promise<void> {
  const { Provider } = await import('oidc-provider');
  const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  const provider: Provider = new Provider(`${ORIGIN}/oidc`, {
    adapter: await memory(),
    clients: [{ client_id: APPLICATION.id, client_secret: APPLICATION.secret, redirect_uris: [CALLBACK] }],
    jwks: { keys: [{ ...privateKey.export({ format: 'jwk' }), use: 'sig' }] },
    cookies: { keys: ['a key of the bench'] },
    routes: { userinfo: '/userinfo' },
    claims: { openid: ['sub'], profile: ['preferred_username', 'name', 'updated_at'] },
    conformIdTokenClaims: false,
    features: { devInteractions: { enabled: false } },
    interactions: { url: (_ctx, { uid }) => `${ORIGIN}/interaction/${uid}` },
    findAccount: (_ctx, sub) => ({
      accountId: sub,
      claims: () => ({ sub, preferred_username: sub, name: sub, updated_at: 0 }),
    }),
    loadExistingGrant: async ({ oidc: { client, session, requestParamScopes } }) => {
      if (!client || !session?.accountId) return undefined;
      const known = session.grantIdFor(client.clientId);
      if (known) return provider.Grant.find(known);
      const grant = new provider.Grant({ accountId: session.accountId, clientId: client.clientId });
      grant.addOIDCScope([...requestParamScopes].join(' '));
      await grant.save();
      return grant;
    },
  });
  provider.proxy = true;
  const answer = provider.callback();
  let people = 0;
  createServer((request, response) => {
    const { url = '' } = request;
    Object.assign(request.headers, { host: new URL(ORIGIN).host, 'x-forwarded-proto': 'http' });
    if (url.startsWith('/interaction/')) {
      const login = { accountId: `person-${people++}` };
      provider.interactionFinished(request, response, { login }).catch((error: unknown) => {
        response.writeHead(500).end(String(error));
      });
      return;
    }
    Object.assign(request, { url: url.replace('/oidc', ''), baseUrl: '/oidc' });
    void answer(request, response);
  }).listen(Number(process.env['PORT']), '127.0.0.1');
}

serve().catch((error: unknown) => {
  console.error(error);
  process.exit(1);
});
