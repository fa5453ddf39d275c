import { ApiProperty, ApiPropertyOptional } from '@nestjs/swagger';
import {
  ArrayMaxSize,
  IsArray,
  IsInt,
  IsOptional,
  IsString,
  IsUUID,
  Max,
  MaxLength,
  Min,
} from 'class-validator';
import { Expose } from '../validation/exposed-members';

const DAY = 86_400;
export const INVITATION_TTL = 7 * DAY;

const STATES = ['open', 'used', 'expired', 'inviter-gone', 'groups-gone'] as const;

const GROUP = '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607184';

export class CreateInvitationDto {
  @ApiPropertyOptional({
    type: String,
    nullable: true,
    maxLength: 254,
    description: 'To whom the link is sent. Default nobody: hand it over yourself.',
    example: null,
  })
  @Expose()
  @IsOptional()
  @IsString()
  @MaxLength(254)
  email?: string | null;

  @ApiPropertyOptional({
    type: [String],
    nullable: true,
    maxItems: 50,
    description: 'Ids of groups that its users are in from the start. Default none.',
    example: [],
  })
  @Expose()
  @IsOptional()
  @IsArray()
  @ArrayMaxSize(50)
  @IsUUID('all', { each: true, message: 'each must be the id of a group' })
  groups?: string[] | null;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    minimum: 1,
    maximum: 10_000,
    default: 1,
    description: 'How many accounts can be created by it. One that is sent lets one person in.',
    example: 1,
  })
  @Expose()
  @IsOptional()
  @IsInt()
  @Min(1)
  @Max(10_000)
  maxUses?: number | null;

  @ApiPropertyOptional({
    type: Number,
    nullable: true,
    minimum: 60,
    maximum: 365 * DAY,
    default: INVITATION_TTL,
    description: 'Seconds for which it is good.',
    example: INVITATION_TTL,
  })
  @Expose()
  @IsOptional()
  @IsInt()
  @Min(60)
  @Max(365 * DAY)
  expiresIn?: number | null;
}

export class InvitationDto {
  @ApiProperty({ description: 'By which it is revoked.', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607190' })
  id!: string;

  @ApiProperty({
    enum: STATES,
    description:
      '`open`: it lets people in. `used`: as often as it may be. `inviter-gone`: whoever made it is no administrator any more, or suspended. `groups-gone`: one of its groups was deleted.',
    example: 'open',
  })
  state!: (typeof STATES)[number];

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'To whom it was sent; null: nobody.',
    example: null,
  })
  email!: string | null;

  @ApiProperty({
    type: [String],
    description: 'Ids of groups that its users are put into.',
    example: [GROUP],
  })
  groups!: string[];

  @ApiProperty({ type: Number, description: 'How many accounts were created by it.', example: 0 })
  uses!: number;

  @ApiProperty({ type: Number, description: 'How many may be.', example: 1 })
  maxUses!: number;

  @ApiProperty({
    type: String,
    nullable: true,
    description: 'Id of the administrator who made it; null: a management token did.',
    example: '9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10',
  })
  inviterId!: string | null;

  @ApiProperty({ type: String, format: 'date-time', description: 'When it was made.' })
  createdAt!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'From then on it is good for nothing.' })
  expiresAt!: string;
}

export class CreatedInvitationDto extends InvitationDto {
  @ApiProperty({
    description: 'The sign-in page, with a secret in its fragment. It is told this once.',
    example: 'https://example.com/#invitation=pJ2q3u5yV8l0s9m1r7d4f6g8h0j2k4l6z8x0c2v4b6n',
  })
  url!: string;
}

export class InvitationPageDto {
  @ApiProperty({ type: [InvitationDto], description: 'Newest first.' })
  invitations!: InvitationDto[];

  @ApiProperty({ type: String, nullable: true, description: '`cursor` of the next page; null on the last.' })
  nextCursor!: string | null;
}
