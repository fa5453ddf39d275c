import { createPasskeyClient } from 'passkey-sign-in-client';
import { SERVER } from './addresses';
import { waitForPerson } from './pages/waiting';
import { texts } from './texts/texts';

/** The application's request for which the page was opened; other tabs may be open for others. */
export const authorizationOfPage = new URLSearchParams(location.search).get('authorization');

const ofAuthorization: Record<string, string> =
  authorizationOfPage === null ? {} : { 'OIDC-Authorization': authorizationOfPage };

export const passkeys = createPasskeyClient({
  baseUrl: SERVER,
  headers: (path) => ({
    // Of the page, which codes are sent in, too.
    'accept-language': document.documentElement.lang,
    ...(path.startsWith('/api/experience') && ofAuthorization),
  }),
  onStepUp: () => {
    waitForPerson(texts.news.stepUp);
  },
});
