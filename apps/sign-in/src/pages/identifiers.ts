import { type Account, ApiError, type ErrorCode, hasCode, type Identifier } from 'passkey-sign-in-client';
import { nameOf } from '../account-name';
import { passkeys } from '../passkey-client';
import { problemText } from '../problem-text';
import { sendsCodes } from '../sends-codes';
import { texts } from '../texts/texts';
import { whileBusy } from './busy';
import { toSignInOr } from './change';
import { element, onClick, textElement } from './elements';
import { isFilled } from './form';
import { clearMessage, markField, placeMessage, showNews, showProblemText } from './message';

const AUTOCOMPLETE = { username: 'username', email: 'email', phone: 'tel' } as const;

/** Those that a user changes here. */
type IdentifierType = keyof typeof AUTOCOMPLETE;

const INPUT_MODE = { username: 'text', email: 'email', phone: 'tel' } as const;

/** What an error is about: what was typed. */
const ABOUT_FIELD: string[] = [
  'guard.invalid_input',
  'user.username_already_in_use',
  'user.username_not_allowed',
  'user.email_already_in_use',
  'user.phone_already_in_use',
  'user.identifier_already_in_use',
  'verification_code.code_mismatch',
] satisfies ErrorCode[];

const list = element('identifiers', HTMLDListElement);
const field = element('identifier', HTMLInputElement);
const codeField = element('address-code', HTMLInputElement);
const form = element('identifier-form', HTMLFormElement);
const codeForm = element('address-code-form', HTMLFormElement);

/** What is being changed. */
let changing: IdentifierType = 'username';

/** What the code that was sent to a new address belongs to. */
let sent = { verificationId: '' };

/** The account's title: what its owner signs in with. */
export function showIdentifiers(account: Account): void {
  element('account-title', HTMLHeadingElement).textContent = nameOf(account) ?? '';
  const values = {
    username: account.username,
    email: account.primaryEmail,
    phone: account.primaryPhone,
  };
  const proved = { username: null, email: account.emailVerified, phone: account.phoneVerified };
  const isLast = Object.values(values).filter((value) => value !== null).length < 2;
  const rows = (Object.keys(values) as IdentifierType[]).map((type) =>
    row(type, values[type], proved[type], isLast),
  );
  list.replaceChildren(...rows);
}

/** A new address is proved by a code. */
const canBeNew = (type: IdentifierType): boolean => type === 'username' || sendsCodes;

function row(
  type: IdentifierType,
  value: string | null,
  proved: boolean | null,
  isLast: boolean,
): HTMLDivElement {
  const { change, add, none } = texts.identifierChange;
  const { button, accessibleName } = value === null ? add : change;
  const name = texts.identifiers[type];
  const opening = textElement('button', button);
  opening.type = 'button';
  opening.id = `change-${type}`;
  opening.setAttribute('aria-label', accessibleName(name));
  opening.addEventListener('click', () => {
    open(type, value, isLast);
  });
  const said =
    value === null ? none : proved === null ? value : proved ? texts.proved(value) : texts.notProved(value);
  const action = document.createElement('dd');
  const canBeRemoved = value !== null && !isLast;
  opening.hidden = !canBeNew(type) && !canBeRemoved;
  action.append(opening);
  const made = document.createElement('div');
  made.append(textElement('dt', name), textElement('dd', said), action);
  return made;
}

function open(type: IdentifierType, value: string | null, isLast: boolean): void {
  close();
  changing = type;
  element('identifier-label', HTMLLabelElement).textContent = texts.identifierChange.labels[type];
  field.value = type === 'username' ? (value ?? '') : '';
  field.autocomplete = AUTOCOMPLETE[type];
  field.inputMode = INPUT_MODE[type];
  const save = element('save-identifier', HTMLButtonElement);
  save.textContent = type === 'username' ? texts.page.save : texts.page.sendCode;
  const remove = element('remove-identifier', HTMLButtonElement);
  remove.hidden = value === null || isLast;
  const isNew = canBeNew(type);
  for (const part of [element('identifier-label', HTMLLabelElement), field, save]) part.hidden = !isNew;
  show(form, field);
  if (!isNew) remove.focus();
}

/** Shows the one form, and begins with its field. */
function show(one: HTMLFormElement, first: HTMLInputElement): void {
  form.hidden = one !== form;
  codeForm.hidden = one !== codeForm;
  placeMessage(first);
  first.focus();
}

function close(): void {
  clearMessage();
  placeMessage(list);
  form.hidden = true;
  codeForm.hidden = true;
  codeField.value = '';
}

function returnToList(): void {
  close();
  const opening = element(`change-${changing}`, HTMLButtonElement);
  (opening.hidden ? element('change-username', HTMLButtonElement) : opening).focus();
}

/** @returns whether it was done; if it was not, the form says why, and stays */
async function attempt(button: HTMLButtonElement, work: () => Promise<unknown>): Promise<boolean> {
  clearMessage();
  try {
    await whileBusy(button, () => passkeys.withStepUp(work));
    return true;
  } catch (error) {
    toSignInOr(showProblemAtField)(error);
    return false;
  }
}

function showProblemAtField(error: unknown): void {
  // Another account's address is told only once the code came back: the address is what to change then.
  const isTaken = hasCode(error, 'user.email_already_in_use') || hasCode(error, 'user.phone_already_in_use');
  if (isTaken) show(form, field);
  const at = codeForm.hidden ? field : codeField;
  placeMessage(at);
  if (error instanceof ApiError && ABOUT_FIELD.includes(error.code)) markField(at);
  const here: Record<string, string | undefined> = texts.accountProblems;
  showProblemText((error instanceof ApiError && here[error.code]) || problemText(error, at === field));
}

const fieldIdentifier = (): Identifier => ({ type: changing, value: field.value.trim() });

async function finish(changed: Account): Promise<void> {
  showIdentifiers(changed);
  returnToList();
  showNews(texts.news.accountChanged);
  await passkeys.signalAccount();
}

async function change(button: HTMLButtonElement, work: () => Promise<Account>): Promise<void> {
  let changed: Account | undefined;
  await attempt(button, async () => {
    changed = await work();
  });
  if (changed) await finish(changed);
}

async function send(button: HTMLButtonElement): Promise<void> {
  const identifier = fieldIdentifier();
  const isSent = await attempt(button, async () => {
    sent = await passkeys.api.sendAddressCode({ identifier });
  });
  if (!isSent) return;
  show(codeForm, codeField);
  showNews(texts.news.addressCodeSent(identifier.value));
}

function onSubmit(
  one: HTMLFormElement,
  first: HTMLInputElement,
  act: (button: HTMLButtonElement) => unknown,
) {
  one.addEventListener('submit', (event) => {
    event.preventDefault();
    const button = one.querySelector('button');
    if (button && isFilled(first)) void act(button);
  });
}

export function startIdentifiers(): void {
  onSubmit(form, field, (button) =>
    changing === 'username'
      ? change(button, () => passkeys.api.changeAccount({ username: field.value.trim() }))
      : send(button),
  );
  onSubmit(codeForm, codeField, (button) =>
    change(button, () => passkeys.api.verifyAddress({ ...sent, code: codeField.value.trim() })),
  );
  onClick('send-address-code-again', send);
  onClick('remove-identifier', (button) => {
    const removal = {
      username: { username: null },
      email: { primaryEmail: null },
      phone: { primaryPhone: null },
    };
    return change(button, () => passkeys.api.changeAccount(removal[changing]));
  });
  for (const id of ['cancel-identifier', 'cancel-address-code']) onClick(id, returnToList);
}
