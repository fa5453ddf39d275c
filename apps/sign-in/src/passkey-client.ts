import { createPasskeyClient } from 'passkey-sign-in-client';
import { showNews } from './pages/message';
import { texts } from './texts/texts';

export const passkeys = createPasskeyClient({
  onStepUp: () => {
    showNews(texts.news.stepUp);
  },
});
