import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsBoolean, IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { Expose } from '../validation/exposed-members';
import {
  IDENTIFIER_TYPES,
  type IdentifierMember,
  IDENTIFIERS,
  type Identifiers,
  type IdentifierType,
  type VerifiedMember,
} from './identifier';
import { toIdentifier, type WithPhoneRegion } from './identifier.dto';

/** A user's identifiers, as a body names them. */
export class IdentifiersDto {
  @ApiPropertyOptional({
    description: 'User name; null: none.',
    type: String,
    nullable: true,
    minLength: 1,
    maxLength: 512,
    example: 'bob',
  })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(512)
  username?: string | null;

  @ApiPropertyOptional({
    description: 'Email address; null: none.',
    type: String,
    nullable: true,
    maxLength: 512,
    example: 'bob@example.com',
  })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(512)
  primaryEmail?: string | null;

  @ApiPropertyOptional({
    description: 'Phone number; null: none.',
    type: String,
    nullable: true,
    maxLength: 512,
    example: '+442071838751',
  })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(512)
  primaryPhone?: string | null;
}

/** The same by which a host says which addresses it has had proved itself. */
export class ProvenIdentifiersDto extends IdentifiersDto {
  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    example: true,
    description: 'Whether the user has proved to be reached by the email address. Of a new address: false.',
  })
  @Expose()
  @IsOptional()
  @IsBoolean()
  emailVerified?: boolean | null;

  @ApiPropertyOptional({
    type: Boolean,
    nullable: true,
    example: false,
    description: 'Whether the user has proved to be reached by the phone number. Of a new number: false.',
  })
  @Expose()
  @IsOptional()
  @IsBoolean()
  phoneVerified?: boolean | null;
}

/** Which addresses are said to be proved, and which not to be; others stay as they are. */
export function toVerified(given: Pick<ProvenIdentifiersDto, VerifiedMember>): VerifiedAddresses {
  const verified: VerifiedAddresses = {};
  for (const type of IDENTIFIER_TYPES) {
    const member = IDENTIFIERS[type].verifiedMember;
    const value = member === null ? null : given[member];
    if (value != null) verified[type] = value;
  }
  return verified;
}

export type VerifiedAddresses = Partial<Record<IdentifierType, boolean>>;

/**
 * Those that are given, in their stored spelling.
 * @throws ExperienceException `guard.invalid_input` for one that can't be of its type
 */
export function toIdentifiers(
  given: Pick<IdentifiersDto, IdentifierMember>,
  options: WithPhoneRegion,
): Identifiers {
  const identifiers: Identifiers = {};
  for (const type of IDENTIFIER_TYPES) {
    const { member } = IDENTIFIERS[type];
    const value = given[member];
    if (value != null) identifiers[type] = toIdentifier({ type, value }, options, member).value;
  }
  return identifiers;
}

/** The types of those that are given as null: they are to be removed. */
export const removedIn = (given: Pick<IdentifiersDto, IdentifierMember>): IdentifierType[] =>
  IDENTIFIER_TYPES.filter((type) => given[IDENTIFIERS[type].member] === null);
