import type { Browser } from 'playwright-core';
import type { TestServer } from '../support/test-server';
import { launchChromium } from './chromium';
import { startPageServer } from './page-server';

export interface Stage {
  browser: Browser;
  server: TestServer;
  url: string;
}

/** A Chromium, and a server with its pages, while the tests of a file or a `describe` run. */
export function setStage(env: Record<string, string> = {}): Stage {
  const stage = {} as Stage;
  beforeAll(async () => {
    Object.assign(stage, await startPageServer(env), { browser: await launchChromium() });
  });
  afterAll(async () => {
    await stage.browser.close();
    await stage.server.stop();
  });
  return stage;
}
