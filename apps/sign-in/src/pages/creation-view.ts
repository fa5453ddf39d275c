import { type AddressProof, hasCode } from 'passkey-sign-in-client';
import { passkeys } from '../passkey-client';
import { forgetInvitation, keptInvitation, whyNoSignUp } from '../sign-up';
import { texts } from '../texts/texts';
import { typedIdentifier, lacksCountryCode } from '../typed-identifier';
import { creating } from './creation';
import { element, onClick } from './elements';
import { onSubmit, refuse, run } from './form';
import { placeMessage, showNews, showProblemText } from './message';
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
  sent = await passkeys.api.sendVerificationCode({ identifier: typedIdentifier(identifier.value) });
  askForCode(true);
  placeMessage(code);
  showNews(texts.problems['user.address_proof_required']);
  code.focus();
}

/** Creates the account, by the invitation that opened the page if one did: one that is good no more is not tried again. */
async function create(proof?: AddressProof): Promise<void> {
  try {
    const account = typedIdentifier(identifier.value);
    goOn(await creating(() => passkeys.createAccount(account, undefined, proof, keptInvitation())));
    forgetInvitation();
  } catch (error) {
    if (hasCode(error, 'invitation.not_found')) forgetInvitation();
    throw error;
  }
}

/** Makes the view as it was before anything was typed into it. */
export function resetCreation(): void {
  askForCode(false);
  code.value = '';
}

/** Whoever may create no account is told why, in place of a form. */
export function explainCreation(): void {
  const why = whyNoSignUp();
  element('new-here', HTMLElement).hidden = why !== null;
  element('create-how', HTMLElement).hidden = why !== null;
  if (why === null) return;
  element('create-form', HTMLFormElement).hidden = true;
  if (element('create', HTMLElement).hidden) return;
  placeMessage(element('create-title', HTMLHeadingElement));
  showProblemText(texts.problems[why]);
}

export function startCreationView(): void {
  onSubmit(element('create-form', HTMLFormElement), async (typed = '') => {
    if (lacksCountryCode(typed)) {
      refuse(identifier, texts.missing.countryCode);
      return;
    }
    try {
      await create();
    } catch (error) {
      if (!hasCode(error, 'user.address_proof_required')) throw error;
      await send();
    }
  });
  onSubmit(element('address-code-form', HTMLFormElement), async (typed = '') => {
    await create({ ...sent, code: typed });
  });
  onClick('send-address-code-again', (button) => run(button, send));
}
