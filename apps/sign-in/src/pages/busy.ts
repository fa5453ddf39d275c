/** Disables the page's controls while `work` runs, and marks the one that began it. */
export async function whileBusy<T>(button: HTMLButtonElement | null, work: () => Promise<T>): Promise<T> {
  const controls = [...document.querySelectorAll<HTMLButtonElement>('main button')];
  for (const control of controls) control.disabled = true;
  button?.setAttribute('aria-busy', 'true');
  try {
    return await work();
  } finally {
    for (const control of controls) control.disabled = false;
    button?.removeAttribute('aria-busy');
    button?.focus();
  }
}
