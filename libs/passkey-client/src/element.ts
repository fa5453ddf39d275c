/** @module passkey-sign-in-client/element */
import { createPasskeyClient, type SignedIn, toIdentifier } from './index.ts';

const MARKUP = `<form novalidate>
<label><span></span><input name="identifier" autocomplete="username webauthn" autocapitalize="none" spellcheck="false" maxlength="254"></label>
<button></button>
<p role="alert"></p>
</form>`;

/** What `<passkey-sign-in>` takes in markup. */
export interface PasskeySignInAttributes {
  /** Origin of the API. */
  'base-url'?: string;
  /** Path of the API's routes. */
  prefix?: string;
  /** Text of the field. */
  label?: string;
  /** Text of the button. */
  action?: string;
  /** Text after a failure. */
  problem?: string;
}

export interface PasskeySignInEvents {
  'signed-in': CustomEvent<SignedIn>;
  failed: CustomEvent<{ error: unknown }>;
}

declare global {
  interface HTMLElementTagNameMap {
    'passkey-sign-in': HTMLElement;
  }
}

/**
 * Defines `<passkey-sign-in>`: a field that offers passkeys by autofill, and a button; with a name typed it signs in
 * by that account's passkey, otherwise by whichever is picked. It has no shadow tree, so that the page's styles and
 * the browser's autofill reach it.
 *
 * Attributes: `base-url` (origin of the API) and `prefix` (path of its routes); `label`, `action`, `problem` (texts of the field, of the button, and
 * after a failure). Events: `signed-in` (`detail: SignedIn`), after which the page goes to `redirectTo`, and `failed`
 * (`detail: { error }`), after which the element says so; either unless the default is prevented. A name that is defined
 * already stays as it is: several scripts of a page may call this.
 */
export function definePasskeySignIn(name = 'passkey-sign-in'): void {
  if (customElements.get(name)) return;
  customElements.define(
    name,
    class extends HTMLElement {
      private disarm?: () => void;

      connectedCallback(): void {
        this.disarm = start(this);
      }

      disconnectedCallback(): void {
        this.disarm?.();
      }
    },
  );
}

/** @returns what stops it */
function start(host: HTMLElement): () => void {
  host.innerHTML = MARKUP;
  const part = (selector: string) => host.querySelector(selector) as HTMLElement;
  const text = (attribute: string, otherwise: string) => host.getAttribute(attribute) ?? otherwise;
  const input = part('input') as HTMLInputElement;
  const button = part('button') as HTMLButtonElement;
  const message = part('p');
  part('span').textContent = text('label', 'Username, email or phone');
  button.textContent = text('action', 'Sign in with a passkey');

  const tell = (event: string, detail: unknown) =>
    host.dispatchEvent(new CustomEvent(event, { detail, bubbles: true, cancelable: true }));
  const onSignedIn = (signedIn: SignedIn) => {
    if (tell('signed-in', signedIn)) location.assign(signedIn.redirectTo);
  };
  const onFailed = (error: unknown) => {
    if (tell('failed', { error })) message.textContent = text('problem', 'That did not work. Try again.');
  };
  const client = createPasskeyClient({ baseUrl: text('base-url', ''), prefix: text('prefix', '/api') });
  const autofill = client.autofill({ onSignedIn, onFailed });
  part('form').addEventListener('submit', (event) => {
    event.preventDefault();
    message.textContent = '';
    button.disabled = true;
    const typed = input.value.trim();
    void client
      .signIn(typed ? { identifier: toIdentifier(typed) } : {})
      .then(onSignedIn, onFailed)
      .finally(() => {
        button.disabled = false;
      });
  });
  autofill.arm();
  return () => void autofill.disarm();
}
