import { createPasskeyClient } from '@passkey/client';
import { showNews } from './pages/message';

export const passkeys = createPasskeyClient({
  onStepUp: () => {
    showNews('Confirm that it is you, with a passkey of yours…');
  },
});
