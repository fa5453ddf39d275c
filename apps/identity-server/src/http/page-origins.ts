import type { RelyingParty } from 'nestjs-passkey-sign-in';

/** Origins of a relying party's pages, without those of its apps. */
export const pageOriginsOf = ({ origins }: RelyingParty): string[] =>
  origins.filter((origin) => !origin.startsWith('android:'));
