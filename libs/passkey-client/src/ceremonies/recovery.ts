import type { Api } from '../api.ts';
import type { Identifier, Submitted } from '../api-types.ts';
import { identifyAndSubmit } from './authentication.ts';

/** Where a code of one kind was right, and one of the other is asked for too (`recovery.second_code_required`). */
export interface RecoveryStep {
  second?: boolean;
}

/** Signs in with one of the account's recovery codes, which is spent. */
export async function recoverWithCode(
  api: Api,
  identifier: Identifier,
  code: string,
  { second = false }: RecoveryStep = {},
): Promise<Submitted> {
  if (!second) await api.startInteraction('SignIn');
  const { verificationId } = await api.verifyRecoveryCode({ identifier, code });
  return identifyAndSubmit(api, verificationId);
}

/** Signs in with the secret of a link that management has made for the user; it is spent. */
export async function recoverWithLink(api: Api, secret: string): Promise<Submitted> {
  await api.startInteraction('SignIn');
  const { verificationId } = await api.verifyRecoveryLink({ secret });
  return identifyAndSubmit(api, verificationId);
}

/**
 * Has a code sent to the owner of the account.
 * @returns what `recoverWithSentCode` takes, also when there is no such account
 */
export async function sendCode(
  api: Api,
  identifier: Identifier,
  { second = false }: RecoveryStep = {},
): Promise<{ verificationId: string }> {
  if (!second) await api.startInteraction('SignIn');
  return api.sendVerificationCode({ identifier });
}

/** Signs in with the code that was sent; a wrong one may be tried again, five times in 15 minutes. */
export async function recoverWithSentCode(
  api: Api,
  verificationId: string,
  code: string,
): Promise<Submitted> {
  await api.verifyVerificationCode({ verificationId, code });
  return identifyAndSubmit(api, verificationId);
}
