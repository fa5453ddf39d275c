import type { Browser as Chromium } from 'playwright-core';
import { launchChromium } from '../browser/chromium';
import { Visitor } from '../browser/visitor';
import { createDatabase } from '../faults/support/fault-database';
import { PostgresCluster } from '../faults/support/postgres-cluster';
import { ServerProcess } from '../faults/support/server-process';
import { Browser, expectStatus } from '../support/browser';
import { freePort } from '../support/free-port';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { Apache } from './support/apache';

describe('pages behind Apache’s mod_auth_openidc', () => {
  let cluster: PostgresCluster;
  let server: ServerProcess;
  let apache: Apache;
  let chromium: Chromium;
  let visitor: Visitor;
  let origin: string;
  beforeAll(async () => {
    cluster = await PostgresCluster.start();
    const { url } = await createDatabase(cluster);
    const port = String(await freePort());
    origin = `http://localhost:${port}`;
    server = await ServerProcess.start({
      ...{ DATABASE_URL: url, PORT: port, RP_ORIGINS: origin },
      ...{ MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN, SECRET: 'a-secret-of-the-server-0123456789' },
    });
    const place = await Apache.place();
    const application = await new Browser(server, undefined, null).manage<{ id: string; secret: string }>(
      'POST',
      '/api/applications',
      Apache.registrationOf(place),
    );
    apache = await Apache.start(place, `${origin}/oidc`, expectStatus(201, application));
    chromium = await launchChromium();
  });
  afterAll(async () => {
    await chromium.close();
    await apache.stop();
    await server.stop('SIGKILL');
    await cluster.drop();
  });
  beforeEach(async () => {
    visitor = await Visitor.at(chromium, origin);
    visitor.page.setDefaultTimeout(30_000);
  });
  afterEach(() => visitor.leave());

  /** Whom Apache has let in, and by which `acr`. */
  const whoIsInside = async () => {
    await visitor.page.getByRole('heading', { name: 'Inside' }).waitFor();
    return visitor.page.evaluate(async () => {
      const { headers } = await fetch(location.href);
      return [headers.get('x-user'), headers.get('x-acr')];
    });
  };

  it('are for who signs in with a passkey, and for nobody any more once they have signed out elsewhere', async () => {
    const { page, name } = visitor;
    await visitor.createAccount();
    await visitor.signOut();
    await page.goto(apache.url);
    await visitor.sees('to continue to Intranet');
    await visitor.field().fill(name);
    await visitor.device.setPresent(true);
    await visitor.button('Continue').click();
    expect(await whoIsInside()).toEqual([name, 'phr']);

    const account = await page.context().newPage();
    await account.goto(`${origin}/account`);
    await visitor.device.setPresent(false);
    await account.getByRole('button', { name: 'Sign out', exact: true }).click();
    await account.waitForURL(`${origin}/`);
    await account.close();
    // Apache is told in the background, within a second or two.
    for (const deadline = Date.now() + 30_000; Date.now() < deadline;) {
      await page.goto(apache.url);
      if (!page.url().startsWith(apache.url)) break;
    }
    await visitor.sees('to continue to Intranet');
  });

  it('ask for a passkey where one came by a code', async () => {
    const { page, name, device } = visitor;
    await visitor.createAccount();
    await visitor.button('Create recovery codes').click();
    await visitor.sees('They are not shown again');
    const [code = ''] = await page.getByRole('dialog').getByRole('listitem').allInnerTexts();
    await visitor.button('I have saved them').click();
    await visitor.signOut();
    await page.goto(apache.url);
    await page.getByRole('link', { name: 'Lost your passkeys?' }).click();
    await visitor.field().fill(name);
    await visitor.field('Recovery code').fill(code);
    await visitor.button('Continue').click();
    expect(await whoIsInside()).toEqual([name, '']);

    await page.goto(`${apache.url}/strong.html`);
    await visitor.sees('to continue to Intranet');
    await device.setPresent(true);
    await visitor.button('Sign in with a passkey').click();
    expect(await whoIsInside()).toEqual([name, 'phr']);
  });
});
