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
  await page.evaluate(transitionsEnd);
  await takePicture(page, name, fullPage);
  await expectToFit(page);
  await page.evaluate(await readFile(require.resolve('axe-core/axe.min.js'), 'utf8'));
  const { violations } = await page.evaluate<AxeResults>('axe.run()');
  expect(violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ html }) => html) }))).toEqual([]);
}

/** Runs in the page: colours on their way to others need have no contrast. */
async function transitionsEnd(): Promise<void> {
  const transitions = document.getAnimations().filter((animation) => animation instanceof CSSTransition);
  // One is cancelled with its element.
  await Promise.allSettled(transitions.map(({ finished }) => finished));
}

export async function expectToFit(page: Page): Promise<void> {
  expect(await page.evaluate(overflowing)).toEqual([]);
}

/** Runs in the page: what is wider than its place, or beside the page, wherever that can't be scrolled to. */
function overflowing(): string[] {
  const { clientWidth: width } = document.documentElement;
  const isScrolled = 'input, textarea';
  return [...document.documentElement.querySelectorAll('*'), document.documentElement]
    .filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      const isOutside = right > left && (left < -0.5 || right > width + 0.5);
      const { scrollWidth, clientWidth } = element;
      const isTooNarrow = clientWidth > 0 && scrollWidth > clientWidth && !element.matches(isScrolled);
      return isOutside || isTooNarrow;
    })
    .map(({ outerHTML }) => outerHTML.slice(0, 200));
}
