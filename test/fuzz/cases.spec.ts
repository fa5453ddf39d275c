import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Browser, freshUsername } from '../support/browser';
import { MANAGEMENT_TOKEN, TestServer } from '../support/test-server';
import { CASES } from './campaign';
import { attemptCeremony } from './ceremony';
import { judgeAssertion, judgeAttestation } from './targets';

interface Case {
  target: 'attestation' | 'assertion' | 'http' | 'ceremony';
  problem: string;
  input: never;
}

const cases = readdirSync(CASES)
  .filter((name) => name.endsWith('.json'))
  .map((name): [string, Case] => [name, JSON.parse(readFileSync(join(CASES, name), 'utf8')) as Case]);

/** Inputs that once were treated wrongly: each is refused now. */
describe('cases that fuzzing has found', () => {
  let server: TestServer;
  let browser: Browser;
  beforeAll(async () => {
    server = await TestServer.start({ RATE_LIMIT: 'off' });
    browser = new Browser(server);
    await browser.register(freshUsername());
  });
  afterAll(() => server.stop());

  it.each(cases)('%s', async (_name, { target, input }) => {
    if (target === 'http') {
      const { method, url, body, headers } = input as {
        method: string;
        url: string;
        body: string;
        headers: Record<string, string>;
      };
      // So that there is a challenge to spend.
      await browser.discoverableOptions();
      const token = `Bearer ${MANAGEMENT_TOKEN}`;
      const { status } = await browser.call(method, url, body, { authorization: token, ...headers });
      expect(status).toBeGreaterThanOrEqual(400);
      expect(status).toBeLessThan(500);
    } else if (target === 'ceremony') {
      await attemptCeremony(browser, input);
    } else {
      const judge = target === 'attestation' ? judgeAttestation : judgeAssertion;
      expect(await judge(input)).toHaveProperty('refused');
    }
  });
});
