import { hasCode } from 'passkey-sign-in-client';
import { passkeys } from '../passkey-client';
import { sendsCodes } from '../sends-codes';
import { texts } from '../texts/texts';
import { typedIdentifier } from '../typed-identifier';
import { element, onClick } from './elements';
import { isFilled, onSubmit, run } from './form';
import { placeMessage, showNews } from './message';
import { goOn } from './signed-in';

const identifier = element('recover-identifier', HTMLInputElement);
const savedCode = element('recovery-code', HTMLInputElement);
const sentCode = element('sent-code', HTMLInputElement);

/** What the code that was sent belongs to. */
let sent = { verificationId: '' };

/** Whether a code of the one kind was right, and one of the other is asked for. */
let second = false;

/** Asks for a code of those that were saved, or for one that was sent. */
function askForSentCode(wasSent: boolean): void {
  element('recover-form', HTMLFormElement).hidden = wasSent;
  element('recover-otherwise', HTMLElement).hidden = wasSent || second || !sendsCodes;
  element('sent-code-form', HTMLFormElement).hidden = !wasSent;
}

async function send(): Promise<void> {
  sent = await passkeys.sendCode(typedIdentifier(identifier.value), { second });
  askForSentCode(true);
  placeMessage(sentCode);
  showNews(texts.news.codeSent);
  sentCode.focus();
}

/** Goes on with `other` where the policy asks for a code of each kind, and this was the first. */
async function unlessTheOtherIsNeeded(recover: () => Promise<void>, other: () => Promise<void>) {
  try {
    await recover();
  } catch (error) {
    if (second || !hasCode(error, 'recovery.second_code_required')) throw error;
    second = true;
    await other();
  }
}

/** Makes the view as it was before anything was typed into it. */
export function resetRecovery(): void {
  second = false;
  askForSentCode(false);
  for (const code of [savedCode, sentCode]) code.value = '';
}

export function startRecoveryView(): void {
  onSubmit(element('recover-form', HTMLFormElement), (typed = '', code = '') =>
    unlessTheOtherIsNeeded(async () => {
      goOn(await passkeys.recoverWithCode(typedIdentifier(typed), code, { second }));
    }, send),
  );
  onSubmit(element('sent-code-form', HTMLFormElement), (code = '') =>
    unlessTheOtherIsNeeded(
      async () => {
        goOn(await passkeys.recoverWithSentCode(sent.verificationId, code));
      },
      () => {
        askForSentCode(false);
        placeMessage(savedCode);
        showNews(texts.news.savedCodeToo);
        savedCode.focus();
        return Promise.resolve();
      },
    ),
  );
  onClick('send-code', async (button) => {
    if (!isFilled(identifier)) return;
    await run(button, send);
  });
  onClick('send-again', (button) => run(button, send));
}
