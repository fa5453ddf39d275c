import { Body, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors, LIMITED_ERRORS } from '../errors/api-errors.decorator';
import { ExperienceException } from '../errors/experience.exception';
import { currentOrNewInteraction } from '../api/current-interaction';
import { ApiController } from '../api/api-controller.decorator';
import { ExtensibleDto, toExtensions } from '../webauthn/extensions.dto';
import type { Exchange } from '../ports/exchange';
import { Caller, CurrentExchange, Interaction, RelyingParty } from '../api/exchange.decorators';
import { RateLimited } from '../limits/rate-limit.guard';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import { notOfItsType, toTypedIdentifier } from '../identifiers/identifier.dto';
import type { InteractionId } from '../webauthn/webauthn-types';
import {
  CreateAuthenticationDto,
  CreatedAuthenticationDto,
  VerifyAuthenticationDto,
} from './authentication.dto';
import { VerifiedDto } from '../records/verified.dto';
import { WebAuthnService } from '../webauthn.service';

const isOfNobody = (error: unknown): boolean =>
  error instanceof ExperienceException && error.code === 'user.user_not_exist';

@ApiController('api/experience', 'Passkey sign-in')
export class AuthenticationController {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    private readonly webAuthn: WebAuthnService,
  ) {}

  @Post(['verification/sign-in-web-authn/authentication', 'verification/sign-in-passkey/authentication'])
  @RateLimited('assertion')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Create passkey sign-in WebAuthn authentication with identifier',
    description:
      "Create WebAuthn authentication options for passkey sign-in with an identifier. The identifier is used to look up the user's WebAuthn credentials and generate non-discoverable authentication options.",
  })
  @ApiOkResponse({
    description: 'Passkey sign-in WebAuthn authentication options have been successfully created.',
    type: CreatedAuthenticationDto,
  })
  @ApiErrors([...LIMITED_ERRORS, 'session.mfa.webauthn_verification_not_found', 'user.user_not_exist'], {
    400: 'Invalid request.',
    404: 'User not found.',
  })
  async create(
    @Body() body: CreateAuthenticationDto,
    @CurrentExchange() exchange: Exchange,
  ): Promise<CreatedAuthenticationDto> {
    const identifier = toTypedIdentifier(body.identifier, this.options);
    const extensions = toExtensions(body);
    const interactionId = await currentOrNewInteraction(exchange, this.interactions);
    try {
      return await this.webAuthn.generateAuthenticationOptions({
        relyingParty: exchange.relyingParty,
        interactionId,
        identifier,
        extensions,
      });
    } catch (error) {
      const { type } = body.identifier;
      // It was looked for as an older user name.
      if (identifier.type !== type && isOfNobody(error)) throw notOfItsType(type);
      throw error;
    }
  }

  @Post([
    'verification/sign-in-web-authn/authentication/verify',
    'verification/sign-in-passkey/authentication/verify',
  ])
  @RateLimited()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Verify passkey sign-in WebAuthn authentication',
    description:
      'Verifies the assertion that the browser returned for the options. The challenge is spent by this call, whether the assertion is right or wrong. Members of `payload` that are not known are ignored. In the discoverable flow, and unless accounts are kept secret by decoys, a passkey that is not known here is named in `data.unknownCredential`: the argument of `PublicKeyCredential.signalUnknownCredential`.',
  })
  @ApiOkResponse({
    description: 'The assertion is valid: the verification record is verified.',
    type: VerifiedDto,
  })
  @ApiErrors([
    ...LIMITED_ERRORS,
    'session.mfa.pending_info_not_found',
    'session.mfa.webauthn_verification_failed',
    'user.suspended',
    'session.verification_session_not_found',
    'session.identity_conflict',
  ])
  async verify(
    @Body() body: VerifyAuthenticationDto,
    @RelyingParty() relyingParty: RelyingParty,
    @Interaction() interactionId: InteractionId | null,
    @Caller() caller: Caller,
  ): Promise<VerifiedDto> {
    const { verificationId } = await this.webAuthn.verifyAuthenticationResponse({
      relyingParty,
      interactionId,
      ...body,
      caller,
    });
    return { verificationId };
  }

  @Post(['preflight/sign-in-web-authn/authentication', 'preflight/sign-in-passkey/authentication'])
  @RateLimited()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Create passkey sign-in WebAuthn authentication without identifier',
    description:
      'Create WebAuthn authentication options for discoverable credentials: for a passkey button, and for autofill (conditional mediation). There is no `allowCredentials`; the assertion must carry the user handle. No body is needed.',
  })
  @ApiOkResponse({
    description: 'Authentication options for discoverable credentials.',
    type: CreatedAuthenticationDto,
  })
  @ApiErrors([...LIMITED_ERRORS])
  async createDiscoverable(
    @Body() body: ExtensibleDto,
    @CurrentExchange() exchange: Exchange,
  ): Promise<CreatedAuthenticationDto> {
    const { relyingParty } = exchange;
    const extensions = toExtensions(body);
    const interactionId = await currentOrNewInteraction(exchange, this.interactions);
    return this.webAuthn.generateDiscoverableOptions({ relyingParty, interactionId, extensions });
  }
}
