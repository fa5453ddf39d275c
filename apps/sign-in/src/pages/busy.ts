import { endWaiting } from './waiting';

const main = document.querySelector('main');

/** A link would take the page away from under what runs. */
document.addEventListener('click', (event) => {
  const { target } = event;
  if (main?.dataset['busy'] !== undefined && target instanceof Element && target.closest('main a')) {
    event.preventDefault();
  }
});

/** Disables the page's controls and links while `work` runs, and marks the one that began it. */
export async function whileBusy<T>(button: HTMLButtonElement | null, work: () => Promise<T>): Promise<T> {
  const controls = [...document.querySelectorAll<HTMLButtonElement>('main button:enabled')];
  for (const control of controls) control.disabled = true;
  main?.setAttribute('data-busy', '');
  button?.setAttribute('aria-busy', 'true');
  try {
    return await work();
  } finally {
    endWaiting();
    for (const control of controls) control.disabled = false;
    main?.removeAttribute('data-busy');
    button?.removeAttribute('aria-busy');
    button?.focus();
  }
}
