import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { Expose } from '../validation/exposed-members';
import { ExperienceException } from '../errors/experience.exception';
import {
  ADDRESS_TYPES,
  IDENTIFIER_TYPES,
  IDENTIFIERS,
  type Identifier,
  type IdentifierType,
  normaliseIdentifier,
  normaliseTyped,
  type TypedIdentifier,
} from './identifier';
import type { PhoneRegion } from './phone-number';

export class IdentifierDto {
  @ApiProperty({
    description: 'What kind of identifier `value` is.',
    enum: IDENTIFIER_TYPES,
    example: 'username',
  })
  @Expose()
  @IsIn(IDENTIFIER_TYPES, { message: `must be one of ${IDENTIFIER_TYPES.join(', ')}` })
  type!: IdentifierType;

  @ApiProperty({
    example: 'alice',
    minLength: 1,
    maxLength: 512,
    description: IDENTIFIER_TYPES.map((type) => `\`${type}\`: ${IDENTIFIERS[type].rule}.`).join(' '),
  })
  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(512)
  value!: string;
}

/** Of the module's options. */
export interface WithPhoneRegion {
  phoneRegion?: PhoneRegion;
}

/**
 * The identifier in its stored spelling.
 * @throws ExperienceException `guard.invalid_input` when the value can't be one of its type
 */
export function toIdentifier(
  { type, value }: IdentifierDto,
  { phoneRegion }: WithPhoneRegion,
  member = 'identifier.value',
): Identifier {
  const identifier = normaliseIdentifier(type, value, phoneRegion);
  if (identifier) return identifier;
  throw notOfItsType(type, member);
}

/**
 * The same of an identifier by which a user is to be found: see `normaliseTyped`.
 * @throws ExperienceException `guard.invalid_input`
 */
export function toTypedIdentifier(
  { type, value }: IdentifierDto,
  { phoneRegion }: WithPhoneRegion,
  member = 'identifier.value',
): TypedIdentifier {
  const identifier = normaliseTyped(type, value, phoneRegion);
  if (identifier) return identifier;
  throw notOfItsType(type, member);
}

/**
 * The same of what messages can be sent to.
 * @throws ExperienceException `guard.invalid_input`, also for a user name
 */
export function toAddress(given: IdentifierDto, options: WithPhoneRegion): Identifier {
  if (IDENTIFIERS[given.type].reachable) return toIdentifier(given, options);
  throw new ExperienceException('guard.invalid_input', {
    data: { 'identifier.type': [`must be ${ADDRESS_TYPES.join(' or ')}`] },
  });
}

/** What a value is told that can't be one of its type. */
export const notOfItsType = (type: IdentifierType, member = 'identifier.value') =>
  new ExperienceException('guard.invalid_input', {
    data: { [member]: [`must be ${IDENTIFIERS[type].rule}`] },
  });
