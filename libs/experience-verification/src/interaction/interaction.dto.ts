import { ApiProperty } from '@nestjs/swagger';
import { IsIn, IsNotEmpty, IsString, MaxLength } from 'class-validator';
import { Expose } from '../validation/exposed-members';
import { INTERACTION_EVENTS, type InteractionEvent } from '../ports/interaction.port';

export class StartInteractionDto {
  @ApiProperty({
    description: '`SignIn` to an account that is there, or `Register` a new one.',
    enum: INTERACTION_EVENTS,
    example: 'SignIn',
  })
  @Expose()
  @IsIn(INTERACTION_EVENTS, { message: `must be one of ${INTERACTION_EVENTS.join(', ')}` })
  interactionEvent!: InteractionEvent;
}

export class IdentificationDto {
  @ApiProperty({
    maxLength: 128,
    description: 'A verified record of this interaction.',
    example: '0b8f6f0e-6f0a-4a5b-9a43-8f6b0f3f4a11',
  })
  @Expose()
  @IsString()
  @IsNotEmpty()
  @MaxLength(128)
  verificationId!: string;
}

export class SubmittedDto {
  @ApiProperty({
    description: 'Where the browser goes next: an address, from a front end on another origin.',
    example: '/account',
  })
  redirectTo!: string;
}
