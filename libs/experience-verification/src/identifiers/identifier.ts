import { domainToASCII } from 'node:url';
import { isEmail } from 'class-validator';
import { typeOfTyped, withoutGuises } from 'passkey-sign-in-client/typed-text';
import type { ErrorCode } from '../errors/error-catalog';
import { type PhoneRegion, toE164 } from './phone-number';

/**
 * Controls, lone surrogates, what broken text leaves (U+FFFD), line breaks, spaces that are not the plain one, and characters that are invisible or turn
 * the reading direction: with them a name could be made that looks like another one. Joiners and the emoji selector
 * have their use, but not at the ends, nor in scripts whose letters don't join.
 */
const UNFIT_FOR_A_NAME =
  /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\uFFF9-\uFFFB\uFFFD]|(?! )\p{Zs}|(?![\u200C\u200D\uFE0F])\p{DI}|(?:^|[\p{sc=Latn}\p{sc=Grek}\p{sc=Cyrl}\p{P}\p{Zs}])[\u200C\u200D\uFE0F]|[\u200C\u200D]$/u;

/** The flags of England, Scotland and Wales: the one use that characters of tags have. */
const FLAGS =
  /\u{1F3F4}\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}/gu;

const isUnfit = (name: string): boolean => UNFIT_FOR_A_NAME.test(name.replace(FLAGS, '\u{1F3F4}'));

/** All that is particular to a type of identifier. */
interface IdentifierKind {
  /** Of a user, in the API. */
  member: string;
  /** What is asked of a value, for error messages and OpenAPI. */
  rule: string;
  /** Says that another user has it; a type without a code of its own has `user.identifier_already_in_use`. */
  alreadyInUse: ErrorCode;
  /** Whether messages to the user can be sent there. */
  reachable: boolean;
  /** Says in the API whether the user has proved to be reached there; null where nothing is proved. */
  verifiedMember: string | null;
  /** The stored spelling; null when the value can't be one of this type. */
  normalise(value: string, region?: PhoneRegion): string | null;
}

/** The types of identifiers, the ones that people go by first: a new one is an entry here. */
export const IDENTIFIERS = {
  username: {
    member: 'username',
    rule: '1 to 128 visible characters, no space at either end; case is kept. A new one may not read as an address, mix scripts, or look like one that is taken',
    alreadyInUse: 'user.username_already_in_use',
    reachable: false,
    verifiedMember: null,
    normalise: (value) => {
      const username = value.normalize('NFC');
      const fits = username.trim() === username && [...username].length <= 128 && !isUnfit(username);
      return fits && username ? username : null;
    },
  },
  email: {
    member: 'primaryEmail',
    rule: 'an email address of at most 254 characters; case is ignored, and a Unicode domain is kept in its ASCII form',
    alreadyInUse: 'user.email_already_in_use',
    reachable: true,
    verifiedMember: 'emailVerified',
    normalise: (value) => {
      const typed = withoutGuises(value).trim().normalize('NFC').toLowerCase();
      const at = typed.lastIndexOf('@') + 1;
      // One mailbox is one account, whichever form of its domain is typed.
      const email = typed.slice(0, at) + domainToASCII(typed.slice(at));
      return email.length <= 254 && !isUnfit(email) && isEmail(email) ? email : null;
    },
  },
  phone: {
    member: 'primaryPhone',
    rule: 'an international phone number (E.164), with +, 00 or neither, such as +442071838750',
    alreadyInUse: 'user.phone_already_in_use',
    reachable: true,
    verifiedMember: 'phoneVerified',
    normalise: toE164,
  },
} as const satisfies Record<string, IdentifierKind>;

export type IdentifierType = keyof typeof IDENTIFIERS;

export const IDENTIFIER_TYPES = Object.keys(IDENTIFIERS) as IdentifierType[];

/** Those that messages can be sent to. */
export const ADDRESS_TYPES = IDENTIFIER_TYPES.filter((type) => IDENTIFIERS[type].reachable);

export type IdentifierMember = (typeof IDENTIFIERS)[IdentifierType]['member'];

export type VerifiedMember = NonNullable<(typeof IDENTIFIERS)[IdentifierType]['verifiedMember']>;

/** The errors that say that another user has an identifier; clients know that of types to come. */
export const ALREADY_IN_USE: ErrorCode[] = [
  ...new Set<ErrorCode>([
    ...Object.values(IDENTIFIERS).map(({ alreadyInUse }) => alreadyInUse),
    'user.identifier_already_in_use',
  ]),
];

/** What is wrong with a user who has none. */
export const NO_IDENTIFIER = `must have one of ${Object.values(IDENTIFIERS)
  .map(({ member }) => member)
  .join(', ')}`;

/** A name by which a user is found, in the one spelling in which it is stored and compared. */
export interface Identifier {
  type: IdentifierType;
  value: string;
}

/** An identifier that somebody typed to be found by. */
export interface TypedIdentifier extends Identifier {
  /** What was typed, as a username: those made before addresses were told apart may look like one. */
  asUsername?: string;
}

/** A user's identifiers, at most one of each type. */
export type Identifiers = Partial<Record<IdentifierType, string>>;

export const toList = (identifiers: Identifiers): Identifier[] =>
  IDENTIFIER_TYPES.flatMap((type) => {
    const value = identifiers[type];
    return value === undefined ? [] : [{ type, value }];
  });

/** Where messages to the user can be sent, the best first. */
export const addressesOf = (identifiers: Identifiers): Identifier[] =>
  toList(identifiers).filter(({ type }) => IDENTIFIERS[type].reachable);

/** Of which addresses the user has proved to be reached there, as the API says it. */
export function toVerifiedMembers(verified: IdentifierType[]): Record<VerifiedMember, boolean> {
  const members: Partial<Record<VerifiedMember, boolean>> = {};
  for (const type of IDENTIFIER_TYPES) {
    const member = IDENTIFIERS[type].verifiedMember;
    if (member !== null) members[member] = verified.includes(type);
  }
  return members as Record<VerifiedMember, boolean>;
}

/** What the user is called. */
export const nameOf = (identifiers: Identifiers): string => toList(identifiers)[0]?.value ?? '';

/** The same as the API names them; null for those that the user has not. */
export function toMembers(identifiers: Identifiers): Record<IdentifierMember, string | null> {
  const members: Partial<Record<IdentifierMember, string | null>> = {};
  for (const type of IDENTIFIER_TYPES) members[IDENTIFIERS[type].member] = identifiers[type] ?? null;
  return members as Record<IdentifierMember, string | null>;
}

/**
 * The stored spelling of an identifier: a username in Unicode NFC, an email address case-folded, a phone
 * number in E.164. Null when the value can't be one of its type.
 * @param region see `toE164`
 */
export function normaliseIdentifier(
  type: IdentifierType,
  value: string,
  region?: PhoneRegion,
): Identifier | null {
  const normalised = (IDENTIFIERS[type] as IdentifierKind).normalise(value, region);
  return normalised === null ? null : { type, value: normalised };
}

/**
 * The same of what somebody typed to be found by: also as the username that it may be. Null when it can be neither.
 */
export function normaliseTyped(
  type: IdentifierType,
  typed: string,
  region?: PhoneRegion,
): TypedIdentifier | null {
  const identifier = normaliseIdentifier(type, typed, region);
  if (type === 'username' || typeOfTyped(typed, region !== undefined) !== type) return identifier;
  const username = normaliseIdentifier('username', typed);
  return identifier ? { ...identifier, ...(username && { asUsername: username.value }) } : username;
}

/** Whether both are the same: a value means something within its type only. */
export const isSameIdentifier = (one: Identifier, other: Identifier): boolean =>
  one.type === other.type && one.value === other.value;
