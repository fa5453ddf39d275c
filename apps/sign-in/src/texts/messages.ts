import type english from '../languages/en';

export type { MessageTexts } from '../../../identity-server/src/messages/message-texts';
export type { ProviderTexts } from 'nestjs-passkey-openid-provider/texts';

/** Every text that the pages show. English tells which there are; the other languages have neither more nor fewer. */
export type Messages = ReturnType<typeof english>;

export type Direction = 'ltr' | 'rtl';
