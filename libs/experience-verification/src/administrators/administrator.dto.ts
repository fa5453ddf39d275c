import { ApiProperty } from '@nestjs/swagger';
import { IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { Expose } from '../validation/exposed-members';

export class AdministratorLinkDto {
  @ApiProperty({
    description:
      'The page for administrators, of the relying party’s first origin, with a secret in its fragment.',
    example: 'https://example.com/admin#administrator-link=pJ2q3u5yV8l0s9m1r7d4f6g8h0j2k4l6z8x0c2v4b6n',
  })
  url!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'From then on it is good for nothing.' })
  expiresAt!: string;
}

export class ClaimAdministrationDto {
  @ApiProperty({
    minLength: 1,
    maxLength: 128,
    description: 'What stands in the link behind `#administrator-link=`.',
    example: 'pJ2q3u5yV8l0s9m1r7d4f6g8h0j2k4l6z8x0c2v4b6n',
  })
  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  secret!: string;
}
