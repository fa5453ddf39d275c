import { getAccount } from '../api/my-account';
import { ApiError } from '../api/request';
import { Autofill } from '../ceremonies/autofill';
import { createAccount } from '../ceremonies/create-passkey';
import { requireWebAuthn } from '../ceremonies/environment';
import { signIn } from '../ceremonies/sign-in';
import { toIdentifier } from '../identifier';
import { whileBusy } from './busy';
import { element } from './elements';
import { clearMessage, showNews, showProblem } from './message';

const autofill = new Autofill({
  picked: () => {
    showNews('Signing you in…');
  },
  failed: (error) => {
    showProblem(error);
    autofill.arm();
  },
});

/** Runs one ceremony; after a failure it says why, and the page is as usable as before. */
async function run(button: HTMLButtonElement | null, ceremony: () => Promise<void>): Promise<void> {
  clearMessage();
  try {
    await whileBusy(button, async () => {
      await autofill.pause();
      await ceremony();
    });
  } catch (error) {
    showProblem(error);
    autofill.arm();
  }
}

function onSubmit(form: HTMLFormElement, ceremony: (typed: string) => Promise<void>): void {
  const input = form.querySelector('input');
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    if (!input) return;
    const typed = input.value.trim();
    input.removeAttribute('aria-invalid');
    if (typed) void run(form.querySelector('button'), () => ceremony(typed));
    else complainOfEmpty(input);
  });
}

function complainOfEmpty(input: HTMLInputElement): void {
  input.setAttribute('aria-invalid', 'true');
  input.setAttribute('aria-describedby', 'message');
  showProblem(new ApiError('guard.invalid_input', 400, 'empty'));
  input.focus();
}

/** Shows the view that the address names, and moves the focus to its heading. */
function showView(moveFocus: boolean): void {
  const create = location.hash === '#create';
  element('sign-in', HTMLElement).hidden = create;
  element('create', HTMLElement).hidden = !create;
  const [typed, other] = create ? ['sign-in', 'create'] : ['create', 'sign-in'];
  element(`${other}-identifier`, HTMLInputElement).value ||= element(
    `${typed}-identifier`,
    HTMLInputElement,
  ).value;
  document.title = create ? 'Create an account' : 'Sign in';
  clearMessage();
  if (moveFocus) element(create ? 'create-title' : 'sign-in-title', HTMLHeadingElement).focus();
}

async function start(): Promise<void> {
  onSubmit(element('sign-in-form', HTMLFormElement), (typed) => signIn(toIdentifier(typed)));
  onSubmit(element('create-form', HTMLFormElement), (typed) => createAccount(toIdentifier(typed)));
  const passkeyButton = element('passkey-button', HTMLButtonElement);
  passkeyButton.addEventListener('click', () => void run(passkeyButton, () => signIn()));
  addEventListener('hashchange', () => {
    showView(true);
  });
  showView(false);
  try {
    requireWebAuthn();
  } catch (error) {
    showProblem(error);
    return;
  }
  if (await isSignedIn()) location.replace('/account');
  else autofill.arm();
}

const isSignedIn = () =>
  getAccount().then(
    () => true,
    () => false,
  );

void start();
