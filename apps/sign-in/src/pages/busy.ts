import { endWaiting } from './waiting';

/** A link would take the page away from under what runs. */
document.addEventListener('click', (event) => {
  const { target } = event;
  if (target instanceof Element && target.closest('a[aria-disabled]')) event.preventDefault();
});

/** Disables the page's controls and links while `work` runs, and marks the one that began it. */
export async function whileBusy<T>(button: HTMLButtonElement | null, work: () => Promise<T>): Promise<T> {
  const controls = [...document.querySelectorAll<HTMLButtonElement>('main button:enabled')];
  for (const control of controls) control.disabled = true;
  const links = document.querySelectorAll('main a');
  for (const link of links) link.setAttribute('aria-disabled', 'true');
  button?.setAttribute('aria-busy', 'true');
  try {
    return await work();
  } finally {
    endWaiting();
    for (const control of controls) control.disabled = false;
    for (const link of links) link.removeAttribute('aria-disabled');
    button?.removeAttribute('aria-busy');
    button?.focus();
  }
}
