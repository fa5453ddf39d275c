import { ApiPropertyOptional } from '@nestjs/swagger';
import { IsNotEmpty, IsOptional, IsString, MaxLength } from 'class-validator';
import { Expose } from '../validation/exposed-members';
import {
  IDENTIFIER_TYPES,
  type IdentifierMember,
  IDENTIFIERS,
  type Identifiers,
  type IdentifierType,
} from './identifier';
import { toIdentifier, type WithPhoneRegion } from './identifier.dto';

/** A user's identifiers, as a body names them. */
export class IdentifiersDto {
  @ApiPropertyOptional({ type: String, nullable: true, minLength: 1, maxLength: 512, example: 'bob' })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(512)
  username?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 512, example: 'bob@example.com' })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(512)
  primaryEmail?: string | null;

  @ApiPropertyOptional({ type: String, nullable: true, maxLength: 512, example: '+442071838751' })
  @Expose()
  @IsOptional()
  @IsString()
  @IsNotEmpty()
  @MaxLength(512)
  primaryPhone?: string | null;
}

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
