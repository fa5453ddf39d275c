import { element } from './elements';

/** Opens a dialog, and tells whether it was confirmed. */
export function confirmed(id: string): Promise<boolean> {
  const dialog = element(id, HTMLDialogElement);
  dialog.returnValue = 'cancel';
  dialog.showModal();
  return new Promise((resolve) => {
    dialog.addEventListener(
      'close',
      () => {
        resolve(dialog.returnValue === 'confirm');
      },
      { once: true },
    );
  });
}

/** Of a dialog that shows what is not shown again: Escape would lose it unseen. */
export function ignoreEscape(id: string): void {
  const dialog = element(id, HTMLDialogElement);
  // Browsers ask once (`cancel`), and those older than `closedby` close at the next key.
  dialog.addEventListener('cancel', (event) => {
    event.preventDefault();
  });
  dialog.addEventListener('keydown', (event) => {
    if (event.key === 'Escape') event.preventDefault();
  });
}
