/**
 * The calls of the API from a native app. `passkeys` makes and uses passkeys: in Expo `react-native-passkeys`, whose `create` and
 * `get` take the options of the API as they are. Cookies are kept by the app's own `fetch`.
 */
export function passkeyCalls({ url, origin, passkeys, fetch = globalThis.fetch }) {
  const call = async (method, path, body) => {
    const response = await fetch(`${url}/api/${path}`, {
      method,
      headers: { origin, ...(body && { 'content-type': 'application/json' }) },
      body: body && JSON.stringify(body),
    });
    const answer = response.status === 204 || response.status === 201 ? null : await response.json();
    if (!response.ok) throw new Error(answer.code);
    return answer;
  };
  const finish = async (verificationId) => {
    await call('POST', 'experience/identification', { verificationId });
    await call('POST', 'experience/submit');
  };

  return {
    async signUp(identifier) {
      const registration = 'experience/verification/web-authn/registration';
      await call('PUT', 'experience', { interactionEvent: 'Register' });
      const { verificationId, registrationOptions } = await call('POST', registration, { identifier });
      const payload = await passkeys.create(registrationOptions);
      await call('POST', `${registration}/verify`, { verificationId, payload });
      await finish(verificationId);
    },
    async signIn() {
      const authentication = 'sign-in-web-authn/authentication';
      await call('PUT', 'experience', { interactionEvent: 'SignIn' });
      const { verificationId, authenticationOptions } = await call(
        'POST',
        `experience/preflight/${authentication}`,
      );
      const payload = await passkeys.get(authenticationOptions);
      await call('POST', `experience/verification/${authentication}/verify`, { verificationId, payload });
      await finish(verificationId);
    },
    account: () => call('GET', 'my-account'),
    signOut: () => call('DELETE', 'session'),
  };
}
