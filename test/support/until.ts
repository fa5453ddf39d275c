/** Looks again and again whether it is so, for at most 15 seconds; what is asserted then says more. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  const end = Date.now() + 15_000;
  while (!(await isSo()) && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}
