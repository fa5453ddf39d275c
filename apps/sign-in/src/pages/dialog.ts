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
