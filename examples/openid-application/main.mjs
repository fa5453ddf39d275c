import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';
import * as client from 'openid-client';

const {
  PORT = '3001',
  ISSUER = 'http://localhost:3000/oidc',
  CLIENT_ID,
  CLIENT_SECRET,
  /** An API for which access tokens are asked: ../nest-resource-server. */
  RESOURCE,
} = process.env;
const HERE = `http://localhost:${PORT}`;

const issuer = new URL(ISSUER);
const isLocal = issuer.hostname === 'localhost';
const provider = await client.discovery(
  issuer,
  CLIENT_ID,
  CLIENT_SECRET,
  undefined,
  isLocal ? { execute: [client.allowInsecureRequests] } : {},
);

/** Of each browser, by its cookie: what it was sent away with, and then who came back. */
const sessions = new Map();

const sessionOf = ({ headers: { cookie = '' } }) => sessions.get(/application=([\w-]+)/.exec(cookie)?.[1]);

async function signIn(_request, response) {
  const id = randomUUID();
  const pkceCodeVerifier = client.randomPKCECodeVerifier();
  const expectedState = client.randomState();
  sessions.set(id, { pkceCodeVerifier, expectedState });
  response.setHeader('set-cookie', `application=${id}; HttpOnly; SameSite=Lax; Path=/`);
  return client.buildAuthorizationUrl(provider, {
    redirect_uri: `${HERE}/callback`,
    scope: RESOURCE ? 'openid profile orders:read' : 'openid profile',
    ...(RESOURCE && { resource: RESOURCE }),
    state: expectedState,
    code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
    code_challenge_method: 'S256',
  });
}

async function callback(request) {
  const session = sessionOf(request);
  const tokens = await client.authorizationCodeGrant(
    provider,
    new URL(request.url, HERE),
    session,
    RESOURCE ? { resource: RESOURCE } : undefined,
  );
  Object.assign(session, { tokens, user: tokens.claims() });
  return '/';
}

function signOut(request) {
  const session = sessionOf(request);
  const id_token_hint = session?.tokens.id_token;
  if (session) delete session.user;
  return client.buildEndSessionUrl(provider, { id_token_hint, post_logout_redirect_uri: `${HERE}/` });
}

function home(request, response) {
  const user = sessionOf(request)?.user;
  const page = user
    ? `<p>Signed in as ${user.sub}, by ${user.amr?.join(', ')}</p><a href="/sign-out">Sign out</a>`
    : '<a href="/sign-in">Sign in</a>';
  response.setHeader('content-type', 'text/html').end(`<!doctype html><title>Application</title>${page}`);
}

async function orders(request, response) {
  const answer = await fetch(RESOURCE, {
    headers: { authorization: `Bearer ${sessionOf(request)?.tokens?.access_token}` },
  });
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(await answer.text());
}

/** Each answers, or says where the browser goes. */
const routes = {
  '/': home,
  '/sign-in': signIn,
  '/callback': callback,
  '/sign-out': signOut,
  ...(RESOURCE && { '/orders': orders }),
};

createServer((request, response) => {
  const route = routes[new URL(request.url, HERE).pathname];
  if (!route) {
    response.writeHead(404).end();
    return;
  }
  Promise.resolve(route(request, response))
    .then((next) => next && response.writeHead(302, { location: String(next) }).end())
    .catch((error) => {
      console.error(error);
      response.writeHead(500).end('The sign-in did not succeed.');
    });
}).listen(Number(PORT), () => console.log(`${HERE} signs people in at ${ISSUER}`));
