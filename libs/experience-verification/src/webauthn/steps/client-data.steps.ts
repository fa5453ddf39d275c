import type { CeremonyAnswer } from '../ceremony-answer';
import { told } from '../ceremony-step';
import { toBase64Url } from '../webauthn-types';

/** Section 7.1 step 5, section 7.2 step 8. Bytes that are no UTF-8 become replacement characters. */
export function clientDataIsText({ clientData }: CeremonyAnswer): void {
  clientData.decode();
}

/** Section 7.1 step 6, section 7.2 step 9. */
export function clientDataIsJson({ clientData }: CeremonyAnswer): void {
  clientData.parse();
}

/** Section 7.1 step 7, section 7.2 step 10. */
export function typeIsOfTheCeremony({ clientData: { members }, type }: CeremonyAnswer): void {
  if (members.type !== type) throw new Error(`the type is ${told(members.type)}, expected "${type}"`);
}

/** Section 7.1 step 8, section 7.2 step 11. */
export function challengeIsTheRecords({ clientData: { members }, asked }: CeremonyAnswer): void {
  const expected = toBase64Url(asked.challenge);
  if (members.challenge !== expected) {
    throw new Error(`the challenge is ${told(members.challenge)}, expected "${expected}"`);
  }
}

/** Section 7.1 step 9, section 7.2 step 12. */
export function originIsExpected({ clientData: { members }, relyingParty }: CeremonyAnswer): void {
  const { origins } = relyingParty;
  if (!origins.some((origin) => origin === members.origin)) {
    throw new Error(`unexpected origin ${told(members.origin)}, expected one of ${origins.join(', ')}`);
  }
}

/** Section 7.1 step 10, section 7.2 step 13. Some clients write null where they have nothing to tell. */
export function crossOriginIsExpected({ clientData: { members }, relyingParty }: CeremonyAnswer): void {
  const { crossOrigin } = members;
  if (crossOrigin == null || crossOrigin === false) return;
  if (!relyingParty.policy.crossOrigin || crossOrigin !== true) {
    throw new Error('made in a cross-origin iframe');
  }
}

/** Section 7.1 step 11, section 7.2 step 14. Clients before Level 3 do not tell the top origin. */
export function topOriginIsExpected({ clientData: { members }, relyingParty }: CeremonyAnswer): void {
  const { crossOrigin, topOrigin } = members;
  if (topOrigin == null) return;
  if (!crossOrigin) throw new Error('a top origin is told without crossOrigin');
  if (!relyingParty.policy.topOrigins.some((expected) => expected === topOrigin)) {
    throw new Error(`made within the top origin ${told(topOrigin)}`);
  }
}
