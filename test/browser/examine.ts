import { mkdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { AxeResults } from 'axe-core';
import type { Page } from 'playwright-core';

const ARTIFACTS = join(__dirname, '../.artifacts');

/** Keeps a picture for people to look at. */
export async function takePicture(page: Page, name: string, fullPage = false): Promise<void> {
  await mkdir(ARTIFACTS, { recursive: true });
  await page.screenshot({ path: join(ARTIFACTS, `${name}.png`), fullPage });
}

/** Takes a picture, and checks what a machine can: that the page fits, and is accessible. */
export async function examine(page: Page, name: string, fullPage = false): Promise<void> {
  await takePicture(page, name, fullPage);
  expect(await page.evaluate(overflowing)).toEqual([]);
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
}

/** Runs in the page: what is wider than its place. */
function overflowing(): string[] {
  const boxes = [...document.querySelectorAll('html, main, dialog[open], button, h1, h2, p, label')];
  return boxes
    .filter(({ scrollWidth, clientWidth }) => scrollWidth > clientWidth && clientWidth > 0)
    .map(({ outerHTML }) => outerHTML.slice(0, 200));
}
