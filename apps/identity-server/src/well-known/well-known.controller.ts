import { Controller, Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ApiErrors } from '@passkey/experience-verification';

export const WELL_KNOWN_ORIGINS = Symbol('WELL_KNOWN_ORIGINS');

export class RelatedOriginsDto {
  @ApiProperty({ type: [String], example: ['http://localhost:3000'] })
  origins!: string[];
}

export class PasskeyEndpointsDto {
  @ApiProperty({ format: 'uri', description: 'Where a person adds a passkey.' })
  enroll!: string;

  @ApiProperty({ format: 'uri', description: 'Where a person manages passkeys.' })
  manage!: string;
}

/** What browsers and password managers look for at fixed places. */
@Controller('.well-known')
@ApiTags('Well-known')
export class WellKnownController {
  /** @param origins accepted origins of pages, the first being where people sign in */
  constructor(@Inject(WELL_KNOWN_ORIGINS) private readonly origins: [string, ...string[]]) {}

  @Get('webauthn')
  @ApiOperation({
    summary: 'Related origins',
    description:
      'Origins that may use passkeys of this relying party (WebAuthn Level 3, section 5.11). Browsers ask for it at the domain of the relying party identifier.',
  })
  @ApiOkResponse({ type: RelatedOriginsDto, description: 'The origins.' })
  @ApiErrors([])
  relatedOrigins(): RelatedOriginsDto {
    return { origins: this.origins };
  }

  @Get('passkey-endpoints')
  @ApiOperation({
    summary: 'Passkey endpoints',
    description:
      'Pages to which password managers send people (W3C, A Well-Known URL for Relying Party Passkey Endpoints).',
  })
  @ApiOkResponse({ type: PasskeyEndpointsDto, description: 'The pages.' })
  @ApiErrors([])
  passkeyEndpoints(): PasskeyEndpointsDto {
    const account = `${this.origins[0]}/account`;
    return { enroll: account, manage: account };
  }
}
