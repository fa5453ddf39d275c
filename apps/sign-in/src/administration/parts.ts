import { ApiError } from 'passkey-sign-in-client';
import { whileBusy } from '../pages/busy';
import { toSignInOr } from '../pages/change';
import { confirmed, ignoreEscape } from '../pages/dialog';
import { element, onClick, textElement } from '../pages/elements';
import { clearMessage, showNews, showProblem, showProblemText } from '../pages/message';
import { formats } from '../texts/texts';
import { call } from './management';
import { words } from './texts';

const view = element('view', HTMLElement);

/** Shows a view of that title; `parts` stand below it. */
export type Show = (title: string, ...parts: (Node | string)[]) => void;

export const show: Show = (title, ...parts) => {
  const heading = textElement('h1', title);
  heading.id = 'view-title';
  heading.tabIndex = -1;
  view.replaceChildren(heading, ...parts);
};

export function linkTo(hash: string, text: string): HTMLAnchorElement {
  const link = textElement('a', text);
  link.href = hash;
  return link;
}

/** A part of a view, with a heading. */
export function part(title: string, ...children: Node[]): HTMLElement {
  const made = document.createElement('section');
  made.append(textElement('h2', title), ...children);
  return made;
}

/** Does something when it is pressed, says how it went, and shows the view anew. */
export function button(
  text: string,
  act: () => Promise<unknown>,
  { name = text, sure, news = words.saved, danger = false }: Particulars = {},
): HTMLButtonElement {
  const made = textElement('button', text);
  made.type = 'button';
  if (name !== text) made.setAttribute('aria-label', name);
  if (danger) made.className = 'danger';
  made.addEventListener('click', () => {
    void (async () => {
      if (sure !== undefined && !(await isSure(sure, text))) return;
      await doing(made, act, news);
    })();
  });
  return made;
}

/** Deletes what is at `path`, once that is sure, and shows the view of `hash` in place of its own. */
export const removal = (path: string, name: string, hash: string): HTMLButtonElement =>
  button(
    words.delete,
    async () => {
      await call('DELETE', path);
      location.hash = hash;
    },
    { sure: words.sureDelete(name), news: words.deleted(name), danger: true },
  );

interface Particulars {
  /** What screen readers say of it. */
  name?: string;
  /** The question that is asked first. */
  sure?: string;
  news?: string;
  danger?: boolean;
}

function isSure(question: string, text: string): Promise<boolean> {
  element('confirm-title', HTMLHeadingElement).textContent = question;
  element('confirm-yes', HTMLButtonElement).textContent = text;
  return confirmed('confirm');
}

/** Whether it went well. */
export async function doing(
  control: HTMLButtonElement | null,
  act: () => Promise<unknown>,
  news = '',
): Promise<boolean> {
  clearMessage();
  try {
    await whileBusy(control, act);
    if (news !== '') showNews(news);
    return true;
  } catch (error) {
    toSignInOr(problem)(error);
    return false;
  }
}

/** Of what was typed wrongly the API says which member, and why. */
function problem(error: unknown): void {
  const data = error instanceof ApiError && error.code === 'guard.invalid_input' ? error.data : undefined;
  if (typeof data !== 'object' || data === null) {
    showProblem(error);
    return;
  }
  const told = Object.entries(data).map(([member, why]) => `${member} ${String(why)}`);
  showProblemText(words.wrong(told.join('; ')));
}

export const actions = (...children: Node[]): HTMLDivElement => {
  const made = document.createElement('div');
  made.className = 'actions';
  made.append(...children);
  return made;
};

/** One of a list: its heading, lines about it, and what can be done with it. */
export function item(heading: Node | string, lines: string[], ...controls: Node[]): HTMLLIElement {
  const made = document.createElement('li');
  const title = document.createElement('p');
  title.className = 'title';
  title.append(heading);
  made.append(title, ...lines.map((line) => textElement('p', line)));
  if (controls.length > 0) made.append(actions(...controls));
  return made;
}

export function list(items: HTMLLIElement[], none = words.nothing): HTMLElement {
  if (items.length === 0) return textElement('p', none);
  const made = document.createElement('ul');
  made.className = 'items';
  made.append(...items);
  return made;
}

/** One page of a list, and where the next one begins. */
export interface Page {
  items: HTMLLIElement[];
  nextCursor: string | null;
}

/** Goes on where the list that is shown ends. */
export function moreOf(
  cursor: string | null,
  shown: HTMLElement,
  pageOf: (cursor: string) => Promise<Page>,
): HTMLElement[] {
  if (cursor === null) return [];
  const more = textElement('button', words.more);
  more.type = 'button';
  more.addEventListener('click', () => {
    void doing(more, async () => {
      const { items, nextCursor } = await pageOf(cursor);
      shown.append(...items);
      more.replaceWith(...moreOf(nextCursor, shown, pageOf));
    });
  });
  return [more];
}

/** Term and description, in their order. */
export function facts(...pairs: [string, string | null][]): HTMLDListElement {
  const made = document.createElement('dl');
  for (const [term, value] of pairs) {
    if (value !== null) made.append(textElement('dt', term), textElement('dd', value));
  }
  return made;
}

export interface Field {
  name: string;
  label: string;
  value?: string;
  /** Of an input. Default: a text. */
  type?: string;
  /** Of several lines. */
  lines?: boolean;
  options?: [value: string, text: string][];
  /** Of which several may be chosen: what is typed is a line each. */
  choices?: [value: string, text: string][];
}

let forms = 0;

/** A form, whose button does something with what was typed. */
export function form(
  fields: Field[],
  text: string,
  submit: (typed: Record<string, string>) => Promise<unknown>,
  news = '',
): HTMLFormElement {
  const made = document.createElement('form');
  made.noValidate = true;
  forms += 1;
  for (const field of fields) made.append(...controlOf(field, `form-${forms}-${field.name}`));
  const submitting = textElement('button', text);
  made.append(submitting);
  made.addEventListener('submit', (event) => {
    event.preventDefault();
    const typed: Record<string, string> = {};
    for (const [name, value] of new FormData(made)) {
      const text = typeof value === 'string' ? value.trim() : '';
      typed[name] = Object.hasOwn(typed, name) ? `${typed[name] ?? ''}\n${text}` : text;
    }
    void doing(submitting, () => submit(typed), news);
  });
  return made;
}

function controlOf(field: Field, id: string): HTMLElement[] {
  const { name, label, value = '', lines = false, options, choices, type } = field;
  if (choices) return [choicesOf(name, label, choices)];
  const said = textElement('label', label);
  said.htmlFor = id;
  const control = document.createElement(options ? 'select' : lines ? 'textarea' : 'input');
  if (type !== undefined && control instanceof HTMLInputElement) control.type = type;
  control.id = id;
  control.name = name;
  for (const [one, text] of options ?? []) control.append(new Option(text, one));
  control.value = value;
  control.autocomplete = 'off';
  control.spellcheck = false;
  return [said, control];
}

function choicesOf(name: string, label: string, choices: NonNullable<Field['choices']>): HTMLElement {
  const made = document.createElement('fieldset');
  made.append(textElement('legend', label));
  for (const [value, text] of choices) {
    const choice = textElement('label', text);
    const box = document.createElement('input');
    Object.assign(box, { type: 'checkbox', name, value });
    choice.prepend(box, ' ');
    made.append(choice);
  }
  return made;
}

/** Lines of a text, without those that are empty. */
export const linesOf = (text = ''): string[] =>
  text
    .split('\n')
    .map((line) => line.trim())
    .filter(Boolean);

export function timeText(iso: string | null): string {
  if (iso === null) return words.never;
  const date = new Date(iso);
  return `${formats.date(date)}, ${formats.time(date)}`;
}

/** Shows what is shown this once. */
export async function showSecret(title: string, hint: string, value: string): Promise<void> {
  const shown = element('secret-value', HTMLParagraphElement);
  element('secret-title', HTMLHeadingElement).textContent = title;
  element('secret-hint', HTMLParagraphElement).textContent = hint;
  element('secret-news', HTMLParagraphElement).textContent = '';
  element('secret-done', HTMLButtonElement).textContent = words.done;
  shown.textContent = value;
  await confirmed('codes');
  shown.textContent = '';
}

export function startSecret(): void {
  ignoreEscape('codes');
  onClick('secret-copy', async () => {
    const value = element('secret-value', HTMLParagraphElement).textContent;
    await navigator.clipboard.writeText(value).then(
      () => (element('secret-news', HTMLParagraphElement).textContent = words.copied),
      () => undefined,
    );
  });
}
