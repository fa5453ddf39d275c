import { createPasskeyClient, type SignedIn, toIdentifier } from './index.ts';

const MARKUP = `<form novalidate>
<label><span></span><input name="identifier" autocomplete="username webauthn" autocapitalize="none" spellcheck="false" maxlength="254"></label>
<button></button>
<p role="alert"></p>
</form>`;

/**
 * Defines `<passkey-sign-in>`: a field that offers passkeys by autofill, and a button; with a name typed it signs in
 * by that account's passkey, otherwise by whichever is picked. It has no shadow tree, so that the page's styles and
 * the browser's autofill reach it.
 *
 * Attributes: `base-url` (origin of the API) and `prefix` (path of its routes); `label`, `action`, `problem` (texts of the field, of the button, and
 * after a failure). Events: `signed-in` (`detail: SignedIn`), after which the page goes to `redirectTo`, and `failed`
 * (`detail: { error }`), after which the element says so; either unless the default is prevented.
 */
export function definePasskeySignIn(name = 'passkey-sign-in'): void {
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
