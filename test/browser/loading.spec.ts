import type { Page } from 'playwright-core';
import { setStage } from './stage';
import { Visitor } from './visitor';

/** Compressed script that a page may bring, headers included. */
const SCRIPT_BUDGET = 30_000;

interface Figures {
  scripts: number;
  scriptBytes: number;
  otherBytes: number;
  firstContentfulPaint: number;
  interactive: number;
  blockedFor: number;
  /** What each layout shift moved. */
  moved: string[];
}

/** Runs in the page: what it has been through so far. Milliseconds since the navigation. */
async function readFigures(): Promise<Figures> {
  const entries = (type: string) =>
    new Promise<PerformanceEntry[]>((resolve) => {
      new PerformanceObserver((list, observer) => {
        observer.disconnect();
        resolve(list.getEntries());
      }).observe({ type, buffered: true });
      setTimeout(resolve, 300, []);
    });
  const [paints, longTasks, shifts] = await Promise.all(['paint', 'longtask', 'layout-shift'].map(entries));
  const [navigation] = performance.getEntriesByType('navigation') as PerformanceNavigationTiming[];
  const resources = performance.getEntriesByType('resource') as PerformanceResourceTiming[];
  const scripts = resources.filter(({ name }) => name.endsWith('.js'));
  const bytesOf = (list: PerformanceResourceTiming[]) =>
    list.reduce((sum, { transferSize }) => sum + transferSize, 0);
  const paint = paints!.find(({ name }) => name === 'first-contentful-paint')?.startTime ?? NaN;
  const lastLongTask = Math.max(0, ...longTasks!.map(({ startTime, duration }) => startTime + duration));
  return {
    scripts: scripts.length,
    scriptBytes: bytesOf(scripts),
    otherBytes: bytesOf(resources) - bytesOf(scripts) + navigation!.transferSize,
    firstContentfulPaint: Math.round(paint),
    interactive: Math.round(Math.max(paint, navigation!.domContentLoadedEventEnd, lastLongTask)),
    blockedFor: Math.round(longTasks!.reduce((sum, { duration }) => sum + Math.max(0, duration - 50), 0)),
    moved: (shifts as (PerformanceEntry & { sources: { node: Node | null }[] })[]).map(({ sources }) =>
      sources.map(({ node }) => (node instanceof Element ? node.outerHTML : node?.nodeValue)).join(),
    ),
  };
}

// Once in some fifteen runs something moves; the first attempt then tells what.
jest.retryTimes(1, { logErrorsBeforeRetry: true });

describe('the pages load', () => {
  const stage = setStage();

  const figuresOf = async (page: Page, what: string): Promise<Figures> => {
    await page.waitForLoadState('networkidle');
    const figures = await page.evaluate(readFigures);
    process.stdout.write(`${what}: ${JSON.stringify(figures)}\n`);
    return figures;
  };

  describe.each([
    ['phone', { width: 390, height: 844 }],
    ['desktop', { width: 1280, height: 800 }],
  ])('on a %s', (device, viewport) => {
    it('with little script, none of it twice, and nothing that moves', async () => {
      const visitor = await Visitor.at(stage.browser, stage.url, 'internal', { viewport });
      const { page } = visitor;
      // So that nobody is signed in by autofill.
      await visitor.device.setPresent(false);
      await page.goto(stage.url);
      await visitor.button('Continue').waitFor();
      const cold = await figuresOf(page, `sign-in page, ${device}, first visit`);
      expect(cold.scriptBytes).toBeGreaterThan(1_000);
      expect(cold.scriptBytes).toBeLessThan(SCRIPT_BUDGET);
      expect(cold.moved).toEqual([]);

      await page.goto(`${stage.url}/?again`);
      await visitor.button('Continue').waitFor();
      const warm = await figuresOf(page, `sign-in page, ${device}, second visit`);
      expect(warm.scriptBytes).toBe(0);
      expect(warm.moved).toEqual([]);

      await visitor.device.setPresent(true);
      await visitor.createAccount();
      await page.goto(`${stage.url}/account`);
      await visitor.isOnAccountPage();
      const account = await figuresOf(page, `account page, ${device}`);
      expect(account.moved).toEqual([]);
      await visitor.leave();
    });
  });

  it('brings at most 30 kB of script in all, compressed, and to be kept for ever', async () => {
    const paths = new Set<string>();
    for (const page of ['/', '/account']) {
      const html = await (await fetch(stage.url + page)).text();
      for (const [, path = ''] of html.matchAll(/(?:src|href)="([^"]*\/?assets\/[^"]+)"/g))
        paths.add(new URL(path, stage.url).pathname);
    }
    let scriptBytes = 0;
    for (const path of paths) {
      expect(path).toMatch(/^\/assets\/[\w-]+-[\w-]{8}\.(js|css)$/);
      const answer = await fetch(stage.url + path, { headers: { 'accept-encoding': 'gzip' } });
      expect(answer.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      if (!path.endsWith('.js')) continue;
      const raw = Buffer.from(await answer.arrayBuffer()).length;
      const { length } = await compressedBytes(stage.url + path);
      if (raw > 1024) expect(length).toBeLessThan(raw);
      scriptBytes += length;
    }
    process.stdout.write(`script of all pages, gzip: ${scriptBytes} bytes\n`);
    expect(scriptBytes).toBeGreaterThan(1_000);
    expect(scriptBytes).toBeLessThan(SCRIPT_BUDGET);
  });
});

/** The body as it is sent: `fetch` would have it decompressed. */
async function compressedBytes(address: string): Promise<Buffer> {
  const { get } = await import('node:http');
  return new Promise((resolve, reject) => {
    get(address, { headers: { 'accept-encoding': 'gzip' } }, (answer) => {
      const chunks: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => chunks.push(chunk));
      answer.on('end', () => {
        resolve(Buffer.concat(chunks));
      });
    }).on('error', reject);
  });
}
