import createClient from 'openapi-fetch';
import type { SignUpAndIn } from './authenticator';
import type { paths } from './openapi-typescript';

export const signUpAndIn: SignUpAndIn = async (baseUrl, fetch, username, authenticator) => {
  const { GET, POST, PUT, DELETE } = createClient<paths>({ baseUrl, fetch });
  const identifier = { type: 'username', value: username } as const;

  await PUT('/api/experience', { body: { interactionEvent: 'Register' } });
  const created = await POST('/api/experience/verification/web-authn/registration', { body: { identifier } });
  if (!created.data) throw new Error(created.error.code);
  await POST('/api/experience/verification/web-authn/registration/verify', {
    body: { payload: await authenticator.register(created.data.registrationOptions) },
  });
  const { verificationId } = created.data;
  await POST('/api/experience/identification', { body: { verificationId } });
  await POST('/api/experience/submit');
  await DELETE('/api/session');

  await PUT('/api/experience', { body: { interactionEvent: 'SignIn' } });
  const asked = await POST('/api/experience/verification/sign-in-web-authn/authentication', {
    body: { identifier },
  });
  if (!asked.data) throw new Error(asked.error.code);
  const verified = await POST('/api/experience/verification/sign-in-web-authn/authentication/verify', {
    body: { payload: await authenticator.authenticate(asked.data.authenticationOptions) },
  });
  if (!verified.data) throw new Error(verified.error.code);
  await POST('/api/experience/identification', { body: verified.data });
  await POST('/api/experience/submit');
  const account = await GET('/api/my-account');
  return account.data?.username;
};
