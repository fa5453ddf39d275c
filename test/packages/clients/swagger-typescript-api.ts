import type { SignUpAndIn } from './authenticator';
import { Api } from './generated-api';

export const signUpAndIn: SignUpAndIn = async (baseUrl, customFetch, username, authenticator) => {
  const api = new Api({ baseUrl, customFetch });
  const { interaction, passkeyRegistration, passkeySignIn, myAccount } = api;
  const identifier = { type: 'username', value: username } as const;

  await interaction.interactionControllerStart({ interactionEvent: 'Register' });
  const created = await passkeyRegistration.registrationControllerCreate({ identifier });
  await passkeyRegistration.registrationControllerVerify({
    payload: await authenticator.register(created.data.registrationOptions),
  });
  const { verificationId } = created.data;
  await interaction.interactionControllerIdentify({ verificationId });
  await interaction.interactionControllerSubmit();
  await myAccount.sessionControllerSignOut();

  await interaction.interactionControllerStart({ interactionEvent: 'SignIn' });
  const asked = await passkeySignIn.authenticationControllerCreate({ identifier });
  const verified = await passkeySignIn.authenticationControllerVerify({
    payload: await authenticator.authenticate(asked.data.authenticationOptions),
  });
  await interaction.interactionControllerIdentify(verified.data);
  await interaction.interactionControllerSubmit();
  const account = await myAccount.myAccountControllerGet();
  return account.data.username;
};
