import { toIdentifier } from '@passkey/client';
import { passkeys } from '../passkey-client';
import { texts } from '../texts/texts';
import { element, onClick } from './elements';
import { isFilled, onSubmit, run } from './form';
import { showNews } from './message';
import { goOn } from './signed-in';

const identifier = element('recover-identifier', HTMLInputElement);

/** What the code that was sent belongs to. */
let sent = { verificationId: '' };

/** Asks for a code of those that were saved, or for one that was sent. */
function askForSentCode(wasSent: boolean): void {
  element('recover-form', HTMLFormElement).hidden = wasSent;
  element('recover-otherwise', HTMLElement).hidden = wasSent;
  element('sent-code-form', HTMLFormElement).hidden = !wasSent;
}

async function send(): Promise<void> {
  sent = await passkeys.sendCode(toIdentifier(identifier.value));
  askForSentCode(true);
  showNews(texts.news.codeSent);
}

/** Makes the view as it was before anything was typed into it. */
export function resetRecovery(): void {
  askForSentCode(false);
  for (const id of ['recovery-code', 'sent-code']) element(id, HTMLInputElement).value = '';
}

export function startRecoveryView(): void {
  onSubmit(element('recover-form', HTMLFormElement), async (typed = '', code = '') => {
    goOn(await passkeys.recoverWithCode(toIdentifier(typed), code));
  });
  onSubmit(element('sent-code-form', HTMLFormElement), async (code = '') => {
    goOn(await passkeys.recoverWithSentCode(sent.verificationId, code));
  });
  onClick('send-code', async (button) => {
    if (!isFilled(identifier)) return;
    await run(button, send);
    element('sent-code', HTMLInputElement).focus();
  });
  onClick('send-again', (button) => run(button, send));
}
