import { WebAuthnAbortService } from '@simplewebauthn/browser';
import { element, onClick } from './elements';

const box = element('waiting', HTMLDivElement);
const text = element('waiting-text', HTMLParagraphElement);
const stop = element('stop-waiting', HTMLButtonElement);

let stopping: ReturnType<typeof setInterval> | undefined;

/** Again and again, since the browser may not have been asked yet. */
onClick('stop-waiting', () => {
  const cancel = () => {
    WebAuthnAbortService.cancelCeremony();
  };
  cancel();
  clearInterval(stopping);
  stopping = setInterval(cancel, 100);
});

/** Says what to do while the browser asks for a passkey, which some do out of sight. */
export function waitForPerson(what: string): void {
  text.textContent = what;
  stop.hidden = false;
  box.classList.add('open');
}

export function endWaiting(): void {
  clearInterval(stopping);
  text.textContent = '';
  stop.hidden = true;
  box.classList.remove('open');
}
