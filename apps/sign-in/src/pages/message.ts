import { problemText } from '../problem-text';
import { element } from './elements';

const message = element('message', HTMLParagraphElement);

/** Says what went wrong, to eyes and screen readers alike. */
export function showProblem(error: unknown): void {
  showProblemText(problemText(error));
}

export function showProblemText(text: string): void {
  say(text, true);
}

export function showNews(text: string): void {
  say(text, false);
}

export function clearMessage(): void {
  message.textContent = '';
  for (const field of document.querySelectorAll('[aria-invalid]')) field.removeAttribute('aria-invalid');
}

/** Has messages stand right after what they are about. */
export function placeMessage(about: Element): void {
  about.after(message);
}

/** Marks the field that a problem is about, and goes there. */
export function markField(field: HTMLInputElement): void {
  placeMessage(field);
  field.setAttribute('aria-invalid', 'true');
  field.focus();
}

/** Leads on to what the message names. */
export function addLink(link: HTMLAnchorElement): void {
  message.append(' ', link);
}

function say(text: string, isProblem: boolean): void {
  message.classList.toggle('problem', isProblem);
  message.textContent = text;
}
