/**
 * Looks again and again whether it is so.
 * @param what is said where it does not come to be so in time
 */
export async function until(
  isSo: () => boolean | Promise<boolean>,
  what: string | (() => string) = 'it did not come to be so',
  seconds = 15,
): Promise<void> {
  for (const end = Date.now() + seconds * 1_000; !(await isSo());) {
    if (Date.now() > end) throw new Error(`${typeof what === 'string' ? what : what()} (${seconds} s)`);
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}
