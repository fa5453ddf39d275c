import { clearMessage, showProblem, showProblemText } from './message';
import { whileBusy } from './busy';
import { texts } from '../texts/texts';

/** Runs one ceremony; after a failure it says why, and the page is as usable as before. */
export async function run(button: HTMLButtonElement | null, ceremony: () => Promise<void>): Promise<void> {
  clearMessage();
  try {
    await whileBusy(button, ceremony);
  } catch (error) {
    showProblem(error);
  }
}

/** Runs `ceremony` with what was typed into the form's fields, in their order. */
export function onSubmit(form: HTMLFormElement, ceremony: (...typed: string[]) => Promise<void>): void {
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    const inputs = [...form.querySelectorAll('input')];
    if (!inputs.every(isFilled)) return;
    void run(form.querySelector('button'), () => ceremony(...inputs.map(({ value }) => value.trim())));
  });
}

/** Whether something is typed; says what is missing otherwise. */
export function isFilled(input: HTMLInputElement): boolean {
  const filled = input.value.trim() !== '';
  input.setAttribute('aria-invalid', String(!filled));
  if (filled) return true;
  const missing: Record<string, string | undefined> = texts.missing;
  showProblemText(missing[input.dataset['missing'] ?? ''] ?? '');
  input.focus();
  return false;
}
