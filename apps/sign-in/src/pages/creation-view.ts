import { hasCode, toIdentifier } from 'passkey-sign-in-client';
import { passkeys } from '../passkey-client';
import { texts } from '../texts/texts';
import { creating } from './creation';
import { element, onClick } from './elements';
import { onSubmit, refuse, run } from './form';
import { placeMessage, showNews } from './message';
import { goOn } from './signed-in';

const identifier = element('create-identifier', HTMLInputElement);
const code = element('address-code', HTMLInputElement);

/** What the code belongs to that was sent to the new address. */
let sent = { verificationId: '' };

/** Asks for a name, or for the code that was sent to it. */
function askForCode(wasSent: boolean): void {
  element('create-form', HTMLFormElement).hidden = wasSent;
  element('address-code-form', HTMLFormElement).hidden = !wasSent;
}

async function send(): Promise<void> {
  sent = await passkeys.api.sendVerificationCode({ identifier: toIdentifier(identifier.value) });
  askForCode(true);
  placeMessage(code);
  showNews(texts.problems['user.address_proof_required']);
  code.focus();
}

/** A telephone number as it is dialled at home, which would become a user name. */
const isNationalNumber = (typed: string): boolean =>
  /^[\d\s()./-]{7,}$/.test(typed) && (typed.startsWith('0') || /\D/.test(typed));

/** Makes the view as it was before anything was typed into it. */
export function resetCreation(): void {
  askForCode(false);
  code.value = '';
}

export function startCreationView(): void {
  onSubmit(element('create-form', HTMLFormElement), async (typed = '') => {
    if (isNationalNumber(typed)) {
      refuse(identifier, texts.missing.countryCode);
      return;
    }
    try {
      goOn(await creating(() => passkeys.createAccount(toIdentifier(typed))));
    } catch (error) {
      if (!hasCode(error, 'user.address_proof_required')) throw error;
      await send();
    }
  });
  onSubmit(element('address-code-form', HTMLFormElement), async (typed = '') => {
    const proof = { ...sent, code: typed };
    goOn(await creating(() => passkeys.createAccount(toIdentifier(identifier.value), undefined, proof)));
  });
  onClick('send-address-code-again', (button) => run(button, send));
}
