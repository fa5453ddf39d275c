import { Controller, Get, UseGuards } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiProperty, ApiTags } from '@nestjs/swagger';
import { ApiErrors, ExchangeGuard, RelyingParty } from 'nestjs-passkey-sign-in';
import { pageOriginsOf } from '../http/page-origins';

export class RelatedOriginsDto {
  @ApiProperty({
    description: 'Origins whose pages may use the passkeys, the first being that of the sign-in page.',
    type: [String],
    example: ['http://localhost:3000'],
  })
  origins!: string[];
}

export class PasskeyEndpointsDto {
  @ApiProperty({ format: 'uri', description: 'Where a person adds a passkey.' })
  enroll!: string;

  @ApiProperty({ format: 'uri', description: 'Where a person manages passkeys.' })
  manage!: string;
}

export class WebCredentialsDto {
  @ApiProperty({
    description: 'App IDs: team identifier, dot, bundle identifier.',
    type: [String],
    example: ['A1B2C3D4E5.com.example.app'],
  })
  apps!: string[];
}

export class AppleAppSiteAssociationDto {
  @ApiProperty({ description: 'Apps that may use the passkeys.' })
  webcredentials!: WebCredentialsDto;
}

export class AssetLinkTargetDto {
  @ApiProperty({ description: 'Kind of the app.', enum: ['android_app'] })
  namespace!: string;

  @ApiProperty({ description: 'Application ID of the app.', example: 'com.example.app' })
  package_name!: string;

  @ApiProperty({ type: [String], description: 'SHA-256 of the signing certificates.' })
  sha256_cert_fingerprints!: string[];
}

export class AssetLinkDto {
  @ApiProperty({
    description: 'What the app may do: use the passkeys, and open links of the site.',
    type: [String],
  })
  relation!: string[];

  @ApiProperty({ description: 'The app.' })
  target!: AssetLinkTargetDto;
}

/** Lets the app use the site's passkeys, and open its links. */
const ASSET_LINK_RELATIONS = [
  'delegate_permission/common.get_login_creds',
  'delegate_permission/common.handle_all_urls',
];

/** What browsers, password managers and phones look for at fixed places, of the relying party that is asked. */
@Controller('.well-known')
@UseGuards(ExchangeGuard)
@ApiTags('Well-known')
export class WellKnownController {
  @Get('webauthn')
  @ApiOperation({
    summary: 'Related origins',
    description:
      'Origins that may use passkeys of this relying party (WebAuthn Level 3, section 5.11). Browsers ask for it at the domain of the relying party identifier.',
  })
  @ApiOkResponse({ type: RelatedOriginsDto, description: 'The origins.' })
  @ApiErrors(['request.headers_too_large'])
  relatedOrigins(@RelyingParty() relyingParty: RelyingParty): RelatedOriginsDto {
    return { origins: pageOriginsOf(relyingParty) };
  }

  @Get('passkey-endpoints')
  @ApiOperation({
    summary: 'Passkey endpoints',
    description:
      'Pages to which password managers send people (W3C, A Well-Known URL for Relying Party Passkey Endpoints).',
  })
  @ApiOkResponse({ type: PasskeyEndpointsDto, description: 'The pages.' })
  @ApiErrors(['request.headers_too_large'])
  passkeyEndpoints(@RelyingParty() { origins, basePath }: RelyingParty): PasskeyEndpointsDto {
    const account = `${origins[0]}${basePath}/account`;
    return { enroll: account, manage: account };
  }

  @Get('apple-app-site-association')
  @ApiOperation({
    summary: 'Apple apps',
    description: "Apple apps that share this relying party's passkeys (associated domains).",
  })
  @ApiOkResponse({ type: AppleAppSiteAssociationDto, description: 'The apps.' })
  @ApiErrors(['request.headers_too_large'])
  appleApps(@RelyingParty() { appleApps }: RelyingParty): AppleAppSiteAssociationDto {
    return { webcredentials: { apps: appleApps } };
  }

  @Get('assetlinks.json')
  @ApiOperation({
    summary: 'Android apps',
    description: "Android apps that share this relying party's passkeys (Digital Asset Links).",
  })
  @ApiOkResponse({ type: [AssetLinkDto], description: 'The apps.' })
  @ApiErrors(['request.headers_too_large'])
  androidApps(@RelyingParty() { androidApps }: RelyingParty): AssetLinkDto[] {
    return androidApps.map(({ packageName, sha256CertFingerprints }) => ({
      relation: ASSET_LINK_RELATIONS,
      target: {
        namespace: 'android_app',
        package_name: packageName,
        sha256_cert_fingerprints: sha256CertFingerprints,
      },
    }));
  }
}
