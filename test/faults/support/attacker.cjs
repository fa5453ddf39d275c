// From one address, over and over, all that costs a server most; in a process of its own.
const http = require('node:http');
const { createHash, randomBytes } = require('node:crypto');

const [port, localAddress, origin, attestationObject] = process.argv.slice(2);
const EXPERIENCE = '/api/experience';
const SIGN_IN = `${EXPERIENCE}/verification/sign-in-web-authn/authentication`;
const REGISTRATION = `${EXPERIENCE}/verification/web-authn/registration`;

/** Of kept connections, and of ones that are closed after each call. */
const agents = [new http.Agent({ keepAlive: true, maxSockets: 48 }), new http.Agent({ maxSockets: 16 })];

function call(agent, method, path, body, headers = {}) {
  return new Promise((resolve) => {
    const request = http.request(
      {
        agent,
        port,
        host: '127.0.0.1',
        localAddress,
        method,
        path,
        headers: { origin, ...(body && { 'content-type': 'application/json' }), ...headers },
      },
      (response) => {
        let text = '';
        response.on('data', (chunk) => (text += chunk)).on('error', () => resolve(null));
        response.on('end', () => resolve({ status: response.statusCode, headers: response.headers, text }));
      },
    );
    request.on('error', () => resolve(null)).end(body);
  });
}

const random = () => randomBytes(32).toString('base64url');
const json = JSON.stringify;
const form = { 'content-type': 'application/x-www-form-urlencoded' };

async function attest(agent) {
  const started = await call(agent, 'PUT', EXPERIENCE, json({ interactionEvent: 'Register' }));
  const cookie = (started?.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
  const identifier = { type: 'username', value: `a${randomBytes(8).toString('hex')}` };
  const created = await call(agent, 'POST', REGISTRATION, json({ identifier }), { cookie });
  if (created?.status !== 200) return created;
  const { verificationId, registrationOptions } = JSON.parse(created.text);
  const { challenge } = registrationOptions;
  const clientDataJSON = Buffer.from(json({ type: 'webauthn.create', challenge, origin })).toString(
    'base64url',
  );
  const id = createHash('sha256').update(challenge).digest('base64url');
  const payload = {
    id,
    rawId: id,
    type: 'public-key',
    clientExtensionResults: {},
    response: { clientDataJSON, attestationObject },
  };
  return call(agent, 'POST', `${REGISTRATION}/verify`, json({ verificationId, payload }), { cookie });
}

async function assertWrongly(agent) {
  const created = await call(agent, 'POST', `${EXPERIENCE}/preflight/sign-in-web-authn/authentication`, '{}');
  if (created?.status !== 200) return created;
  const cookie = (created.headers['set-cookie'] ?? []).map((one) => one.split(';')[0]).join('; ');
  const id = random();
  const response = {
    clientDataJSON: random(),
    authenticatorData: random(),
    signature: random(),
    userHandle: id,
  };
  const payload = { id, rawId: id, type: 'public-key', clientExtensionResults: {}, response };
  return call(agent, 'POST', `${SIGN_IN}/verify`, json({ payload }), { cookie });
}

const unknown = () =>
  json({ identifier: { type: 'email', value: `${random()}@${'a.'.repeat(100)}example` } });
const ATTACKS = [
  attest,
  assertWrongly,
  (agent) => call(agent, 'POST', SIGN_IN, unknown()),
  (agent) => call(agent, 'POST', SIGN_IN, json({ identifier: [...Array(20_000).keys()].slice(0, 10_000) })),
  (agent) => call(agent, 'GET', '/api/users', undefined, { authorization: `Bearer ${random()}` }),
  (agent) => call(agent, 'GET', '/openapi.json'),
  (agent) => call(agent, 'GET', '/'),
  (agent) => call(agent, 'GET', `/nowhere/${random()}`),
  (agent) => call(agent, 'GET', '/oidc/jwks'),
  (agent) => call(agent, 'GET', `/oidc/auth?client_id=${random()}&response_type=code&scope=openid`),
  (agent) =>
    call(
      agent,
      'POST',
      '/oidc/token',
      `grant_type=authorization_code&code=${random()}&client_id=${random()}&client_secret=${random()}`,
      form,
    ),
];

const told = {};
for (const agent of agents) {
  for (let index = 0; index < 64; index += 1) {
    void (async () => {
      for (let turn = index; ; turn += 1) {
        const answer = await ATTACKS[turn % ATTACKS.length](agent);
        const status = answer?.status ?? 'closed';
        told[status] = (told[status] ?? 0) + 1;
      }
    })();
  }
}
process.on('SIGTERM', () => {
  process.stdout.write(json(told), () => process.exit(0));
});
