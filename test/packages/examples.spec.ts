import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { TestBrowser } from 'nestjs-passkey-sign-in/testing';
import type { Browser } from 'playwright-core';
import { launchChromium } from '../browser/chromium';
import { Visitor } from '../browser/visitor';
import { freePort } from '../support/free-port';
import { buildPackages } from './build-packages';
import { answers, isOver } from './started';

const MANAGEMENT_TOKEN = 'management-token-of-the-examples-0123456789';

describe('the examples', () => {
  let data: string;
  let chromium: Browser;
  const running: ChildProcess[] = [];

  /** Runs a command in a folder until the test file ends; resolves once the URL answers, or else when it has ended. */
  const start = async (folder: string, [command, ...parameters]: string[], env: object, url?: string) => {
    const child = spawn(command!, parameters, {
      cwd: resolve(folder),
      env: { ...process.env, ...env },
      detached: true,
    });
    running.push(child);
    let output = '';
    for (const stream of [child.stdout, child.stderr])
      stream.on('data', (text) => {
        output += String(text);
      });
    const ended = once(child, 'close');
    while (url !== undefined && !(await answers(url))) {
      if (isOver(child)) throw new Error(output);
      await sleep(100);
    }
    if (url === undefined) await ended;
    return output;
  };

  const npmStart = (example: string, env: object, url?: string) =>
    start(`examples/${example}`, ['npm', 'start'], env, url);

  const urlOf = async () => {
    const PORT = String(await freePort());
    return { PORT, url: `http://localhost:${PORT}` };
  };

  beforeAll(async () => {
    [data, chromium] = await Promise.all([
      mkdtemp(join(tmpdir(), 'passkey-examples-')),
      launchChromium(),
      buildPackages(),
    ]);
  }, 120_000);
  afterAll(async () => {
    for (const child of running.filter((one) => !isOver(one))) {
      const closed = once(child, 'close');
      process.kill(-child.pid!);
      await closed;
    }
    await chromium.close();
    await rm(data, { recursive: true, force: true });
  });

  it('nest-express, and the pages and the app that use it', async () => {
    const pages = ['html', 'react', 'vue'];
    const [server, ...pageServers] = await Promise.all([urlOf(), ...pages.map(urlOf)]);
    const origins = ['http://localhost:3000', ...pageServers.map(({ url }) => url)];
    const env = { PORT: server.PORT, DATA_DIR: join(data, 'express'), ORIGINS: origins.join() };
    await npmStart('nest-express', env, server.url);

    const browser = new TestBrowser(server.url);
    await browser.signUp({ type: 'username', value: 'alice' });
    expect((await browser.call('GET', '/hello')).body).toEqual({ hello: 'alice' });

    expect(await npmStart('expo-note', { URL: server.url })).toContain('Signed in as phone-');

    for (const [index, { PORT, url }] of pageServers.entries()) {
      const page = pages[index]!;
      await npmStart(page, { PORT, API: server.url }, url);
      const visitor = await Visitor.at(chromium, url);
      await visitor.page.goto(url);
      await visitor.page.getByRole('textbox').fill(page);
      await visitor.button('Create an account').click();
      await visitor.sees(`Signed in as ${page}`);
      await visitor.leave();
    }
  }, 240_000);

  it('nest-fastify-own-users', async () => {
    const { PORT, url } = await urlOf();
    await npmStart('nest-fastify-own-users', { PORT, DATA_DIR: join(data, 'fastify') }, url);
    const browser = new TestBrowser(url, { prefix: '/auth' });
    await browser.signUp({ type: 'email', value: 'bob@example.com' });
    await browser.signOut();
    await browser.signIn({ type: 'email', value: 'bob@example.com' });
    expect((await browser.call('GET', '/api/users/me')).body).toMatchObject({ email: 'bob@example.com' });
    const taken = new TestBrowser(url, { prefix: '/auth' }).signUp({
      type: 'email',
      value: 'ada@example.com',
    });
    await expect(taken).rejects.toThrow('user.email_already_in_use');
  }, 240_000);

  it('openid-application, and nest-resource-server for it', async () => {
    const [server, application, resources] = await Promise.all([urlOf(), urlOf(), urlOf()]);
    const RESOURCE = `${resources.url}/orders`;
    const OIDC_RESOURCES = join(data, 'resources.json');
    await writeFile(OIDC_RESOURCES, JSON.stringify([{ identifier: RESOURCE, scopes: ['orders:read'] }]));
    await start(
      '.',
      ['npm', 'run', 'start:prod'],
      {
        PORT: server.PORT,
        DATA_DIR: join(data, 'server'),
        OIDC_RESOURCES,
        MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN,
        LOG_LEVEL: 'error',
      },
      `${server.url}/health/ready`,
    );
    const registered = await fetch(`${server.url}/api/applications`, {
      method: 'POST',
      headers: { authorization: `Bearer ${MANAGEMENT_TOKEN}`, 'content-type': 'application/json' },
      body: JSON.stringify({
        name: 'Example',
        type: 'web',
        redirectUris: [`${application.url}/callback`],
        postLogoutRedirectUris: [`${application.url}/`],
      }),
    });
    const { id, secret } = (await registered.json()) as { id: string; secret: string };
    const ISSUER = `${server.url}/oidc`;
    const env = { PORT: application.PORT, ISSUER, CLIENT_ID: id, CLIENT_SECRET: secret, RESOURCE };
    await npmStart('nest-resource-server', { PORT: resources.PORT, ISSUER }, resources.url);
    await npmStart('openid-application', env, application.url);
    expect((await fetch(RESOURCE)).status).toBe(401);

    const visitor = await Visitor.at(chromium, server.url);
    await visitor.createAccount('carol');
    await visitor.page.goto(application.url);
    await visitor.page.getByRole('link', { name: 'Sign in' }).click();
    await visitor.sees('Signed in as');
    await visitor.page.goto(`${application.url}/orders`);
    await visitor.sees('a bicycle');
  }, 240_000);
});
