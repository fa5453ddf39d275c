import { mkdir, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Browser, Page } from 'playwright-core';
import { launchChromium, openPage, VirtualAuthenticator } from './chromium';
import { ServerProcess } from './server-process';

const ARTIFACTS = join(__dirname, '../.artifacts');
const PICTURE_OF_README = join(__dirname, '../../docs/sign-in.png');

describe.each([
  ['phone', { width: 390, height: 844 }],
  ['desktop', { width: 1280, height: 800 }],
])('on a %s', (device, viewport) => {
  describe.each(['light', 'dark'] as const)('in %s colours', (colorScheme) => {
    let browser: Browser;
    let server: ServerProcess;
    let dataDir: string;
    let axe: string;

    beforeAll(async () => {
      browser = await launchChromium();
      dataDir = await mkdtemp(join(tmpdir(), 'passkey-browser-'));
      server = await ServerProcess.start({ DATA_DIR: dataDir });
      axe = await readFile(require.resolve('axe-core/axe.min.js'), 'utf8');
      await mkdir(ARTIFACTS, { recursive: true });
    });
    afterAll(async () => {
      await browser.close();
      await server.stop();
      await rm(dataDir, { recursive: true, force: true });
    });

    /** Keeps a picture for people to look at, and checks what a machine can. */
    const examine = async (page: Page, name: string) => {
      await page.screenshot({ path: join(ARTIFACTS, `${name}-${device}-${colorScheme}.png`) });
      const scroll = await page.evaluate(() => document.documentElement.scrollWidth - innerWidth);
      expect(scroll).toBeLessThanOrEqual(0);
      await page.evaluate(axe);
      const { violations } = await page.evaluate<AxeResults>('axe.run()');
      expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
    };

    it('the pages fit, and are accessible', async () => {
      const { page, complaints } = await openPage(browser, { viewport, colorScheme });
      const authenticator = await VirtualAuthenticator.in(page);
      await page.goto(server.url);
      await page.getByRole('button', { name: 'Continue' }).waitFor();
      await examine(page, 'sign-in');
      if (process.env['UPDATE_SCREENSHOT'] && device === 'desktop' && colorScheme === 'light') {
        await page.screenshot({ path: PICTURE_OF_README });
      }
      await page.getByRole('textbox', { name: 'Username' }).fill('nobody');
      await page.getByRole('button', { name: 'Continue' }).click();
      await page.getByText('There is no account').waitFor();
      await examine(page, 'problem');
      await page.getByRole('link', { name: 'Create an account' }).click();
      await examine(page, 'create');
      await page.getByRole('textbox', { name: 'Username' }).fill('alice');
      await page.getByRole('button', { name: 'Create a passkey' }).click();
      await page.getByText('Created today').waitFor();
      await examine(page, 'account');
      await page.getByRole('button', { name: 'Rename Passkey' }).click();
      await examine(page, 'rename');
      await authenticator.remove();
      await page.context().close();
      expect(complaints).toEqual([]);
    });

    it('Swagger UI shows every operation', async () => {
      const { page, complaints } = await openPage(browser, { viewport, colorScheme });
      await page.goto(`${server.url}/docs`);
      await page
        .getByText('Create passkey sign-in WebAuthn authentication with identifier')
        .first()
        .waitFor();
      await page.screenshot({ path: join(ARTIFACTS, `docs-${device}-${colorScheme}.png`) });
      await page.context().close();
      expect(complaints).toEqual([]);
    });
  });
});
