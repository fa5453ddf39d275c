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
}

function say(text: string, isProblem: boolean): void {
  message.classList.toggle('problem', isProblem);
  message.textContent = text;
}
