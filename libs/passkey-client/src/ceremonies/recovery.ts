import type { Api } from '../api.ts';
import type { Identifier, Submitted } from '../api-types.ts';
import { identifyAndSubmit } from './authentication.ts';

/** Signs in with one of the account's recovery codes, which is spent. */
export async function recoverWithCode(api: Api, identifier: Identifier, code: string): Promise<Submitted> {
  await api.startInteraction('SignIn');
  const { verificationId } = await api.verifyRecoveryCode({ identifier, code });
  return identifyAndSubmit(api, verificationId);
}

/**
 * Has a code sent to the owner of the account.
 * @returns what `recoverWithSentCode` takes, also when there is no such account
 */
export async function sendCode(api: Api, identifier: Identifier): Promise<{ verificationId: string }> {
  await api.startInteraction('SignIn');
  return api.sendVerificationCode({ identifier });
}

/** Signs in with the code that was sent; a wrong one may be tried again, five times in all. */
export async function recoverWithSentCode(
  api: Api,
  verificationId: string,
  code: string,
): Promise<Submitted> {
  await api.verifyVerificationCode({ verificationId, code });
  return identifyAndSubmit(api, verificationId);
}
