import { Matches } from 'class-validator';

/** No control characters, line or paragraph separators, or characters that turn the direction of what stands around. */
const VISIBLE_TEXT = /^[^\p{Cc}\p{Zl}\p{Zp}\u061C\u200E\u200F\u202A-\u202E\u2066-\u2069\uFFF9-\uFFFB]*$/u;

/** Text that is shown to people as it was typed, in the middle of other text. */
export const IsVisibleText = () =>
  Matches(VISIBLE_TEXT, { message: '$property must have no control or direction characters' });
