import { createApp, onMounted, ref } from 'vue';
import { createPasskeyClient, hasCode, toIdentifier } from 'passkey-sign-in-client';

const passkeys = createPasskeyClient();

createApp({
  setup() {
    const account = ref();
    const name = ref('');
    const problem = ref('');

    const load = async () => {
      account.value = await passkeys.api.getAccount().catch((error) => {
        if (hasCode(error, 'auth.unauthorized')) return null;
        throw error;
      });
    };
    const trying = (action) => async () => {
      problem.value = '';
      try {
        await action();
        await load();
      } catch (error) {
        problem.value = error.message;
      }
    };
    onMounted(trying(() => undefined));

    const identifier = () => (name.value ? toIdentifier(name.value) : undefined);
    return {
      account,
      name,
      problem,
      signIn: trying(() => passkeys.signIn({ identifier: identifier() })),
      create: trying(() => passkeys.createAccount(identifier())),
      signOut: trying(() => passkeys.api.signOut()),
    };
  },
}).mount('#root');
