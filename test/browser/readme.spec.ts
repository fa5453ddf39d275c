import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { join } from 'node:path';
import { promisify } from 'node:util';
import * as client from 'openid-client';
import { freePort } from '../support/free-port';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { setStage } from './stage';
import { Visitor } from './visitor';

const README = readFileSync(join(__dirname, '../../README.md'), 'utf8');
const START = README.split(/^## /m).find((section) => section.startsWith('Start\n'))!;
const COMMANDS = [...START.matchAll(/```sh\n([^]*?)```/g)].map(([, command]) => command!);

const SERVER = 'http://localhost:3000';
const APPLICATION = 'http://localhost:3001';

/** What somebody does who has this repository for the first time, in README's own words. */
describe('who follows README', () => {
  const stage = setStage();
  let application: Server;
  let port: number;
  beforeAll(async () => {
    port = await freePort();
    application = createServer((_request, response) => {
      response
        .setHeader('content-type', 'text/html')
        .end('<!doctype html><title>Grafana</title><h1>Grafana</h1>');
    });
    await new Promise<void>((resolve) => application.listen(port, 'localhost', resolve));
  });
  afterAll(() => new Promise((resolve) => application.close(resolve)));

  it('adds an application by one command, and signs in to it with a passkey by a stock client', async () => {
    const [start, add, ...others] = COMMANDS;
    expect([start, others]).toEqual(['npm ci && npm start\n', []]);
    expect(START).toContain(`the issuer \`${SERVER}/oidc\``);
    // README's ports may be in use.
    const command = add!.replaceAll(SERVER, stage.url).replaceAll(APPLICATION, `http://localhost:${port}`);
    const { stdout } = await promisify(execFile)('sh', ['-c', command], {
      env: { PATH: process.env['PATH'], MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN },
    });
    const { id, secret, redirectUris } = JSON.parse(stdout) as {
      id: string;
      secret: string;
      redirectUris: [string];
    };
    // eslint-disable-next-line @typescript-eslint/no-deprecated -- marked so to be seen: the issuer is on localhost
    const execute = [client.allowInsecureRequests, client.enableNonRepudiationChecks];
    const configuration = await client.discovery(new URL(`${stage.url}/oidc`), id, secret, undefined, {
      execute,
    });
    const [pkceCodeVerifier, expectedState] = [client.randomPKCECodeVerifier(), client.randomState()];
    const { href } = client.buildAuthorizationUrl(configuration, {
      ...{ redirect_uri: redirectUris[0], scope: 'openid profile', state: expectedState },
      code_challenge: await client.calculatePKCECodeChallenge(pkceCodeVerifier),
      code_challenge_method: 'S256',
    });

    const visitor = await Visitor.at(stage.browser, stage.url);
    await visitor.createAccount();
    await visitor.signOut();
    await visitor.page.goto(href);
    await visitor.page.getByText('to continue to Grafana').waitFor();
    await visitor.device.setPresent(true);
    await visitor.button('Sign in with a passkey').click();
    await visitor.page.getByRole('heading', { name: 'Grafana', exact: true }).waitFor();
    const tokens = await client.authorizationCodeGrant(configuration, new URL(visitor.page.url()), {
      ...{ pkceCodeVerifier, expectedState },
    });
    expect(tokens.claims()).toMatchObject({ preferred_username: visitor.name, acr: 'phr' });
    await visitor.leave();
  });
});
