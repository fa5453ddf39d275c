import type { RelyingParty } from '@passkey/experience-verification';

/** Origins of a relying party's pages, without those of its apps. */
export const pageOriginsOf = ({ origins }: RelyingParty): string[] =>
  origins.filter((origin) => !origin.startsWith('android:'));
