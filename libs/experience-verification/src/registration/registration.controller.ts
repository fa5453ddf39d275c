import { Body, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { VerifiedDto } from '../records/verified.dto';
import { ApiErrors, LIMITED_ERRORS, SIGN_UP_ERRORS } from '../errors/api-errors.decorator';
import { currentOrNewInteraction } from '../api/current-interaction';
import { ApiExpectedAccount } from '../api/expected-account';
import { ApiController } from '../api/api-controller.decorator';
import { requireSignUp, type ResolvedRouteOptions, ROUTE_OPTIONS } from '../api/route-options';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { toExtensions } from '../webauthn/extensions.dto';
import type { Exchange } from '../ports/exchange';
import { Caller, CurrentExchange, Interaction, RelyingParty } from '../api/exchange.decorators';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import { RateLimited } from '../limits/rate-limit.guard';
import { PasskeysService } from '../passkeys/passkeys.service';
import { requireRecent } from '../session/session.guard';
import { Sessions } from '../session/sessions.service';
import { ALREADY_IN_USE } from '../identifiers/identifier';
import { toIdentifier } from '../identifiers/identifier.dto';
import type { InteractionId } from '../webauthn/webauthn-types';
import { CreatedRegistrationDto, CreateRegistrationDto, VerifyRegistrationDto } from './registration.dto';
import { WebAuthnService } from '../webauthn.service';

@ApiController('api/experience/verification/web-authn/registration', 'Passkey registration')
export class RegistrationController {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(ROUTE_OPTIONS) private readonly routes: ResolvedRouteOptions,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    private readonly sessions: Sessions,
    private readonly passkeys: PasskeysService,
    private readonly webAuthn: WebAuthnService,
  ) {}

  @Post()
  @RateLimited()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Create WebAuthn registration',
    description:
      'Creates WebAuthn registration options. With `identifier`: for a new user, in an interaction begun with `PUT /api/experience` for `Register`; where sign-up is by invitation, with `invitation` too. Without: for the signed-in user, who adds a passkey; needs a recent sign-in. `mediation: conditional` is for a passkey that the browser makes without a prompt, after a sign-in by other means.',
  })
  @ApiOkResponse({ description: 'Registration options.', type: CreatedRegistrationDto })
  @ApiExpectedAccount()
  @ApiErrors([
    ...LIMITED_ERRORS,
    'session.invalid_interaction_type',
    'auth.unauthorized',
    'session.account_mismatch',
    'session.verification_required',
    'session.passkey_required',
    'user.too_many_passkeys',
    ...ALREADY_IN_USE,
    'user.username_not_allowed',
    'user.address_proof_required',
    ...SIGN_UP_ERRORS,
  ])
  async create(
    @Body() body: CreateRegistrationDto,
    @CurrentExchange() exchange: Exchange,
    @Caller() caller: Caller,
  ): Promise<CreatedRegistrationDto> {
    const { relyingParty } = exchange;
    const extensions = toExtensions(body);
    if (body.identifier) {
      requireSignUp(this.routes);
      const identifier = toIdentifier(body.identifier, this.options);
      const interactionId = await currentOrNewInteraction(exchange, this.interactions);
      return this.webAuthn.generateRegistrationOptions({
        relyingParty,
        interactionId,
        identifier,
        invitation: body.invitation ?? undefined,
        extensions,
        caller,
      });
    }
    const session = requireRecent(await this.sessions.current(exchange), this.options.recentSignIn);
    await this.passkeys.requireMayAdd(session, relyingParty.id);
    const interactionId = await currentOrNewInteraction(exchange, this.interactions);
    const mediation = body.mediation ?? undefined;
    return this.webAuthn.generateRegistrationOptionsForUser({
      relyingParty,
      interactionId,
      userId: session.userId,
      mediation,
      extensions,
    });
  }

  @Post('verify')
  @RateLimited()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Verify WebAuthn registration',
    description:
      'Verifies the new credential that the browser returned for the options. The challenge is spent by this call, whether the answer is right or wrong. Members of `payload` that are not known are ignored. The passkey is kept once the record is used: by identification for a new user, by `POST /api/my-account/passkeys` for a signed-in one.',
  })
  @ApiOkResponse({
    description: 'The credential is valid: the verification record is verified.',
    type: VerifiedDto,
  })
  @ApiExpectedAccount()
  @ApiErrors([
    ...LIMITED_ERRORS,
    'session.mfa.pending_info_not_found',
    'session.mfa.webauthn_verification_failed',
    'session.verification_session_not_found',
    'session.mfa.webauthn_credential_already_in_use',
  ])
  async verify(
    @Body() body: VerifyRegistrationDto,
    @RelyingParty() relyingParty: RelyingParty,
    @Interaction() interactionId: InteractionId | null,
    @Caller() caller: Caller,
  ): Promise<VerifiedDto> {
    const answer = { relyingParty, interactionId, ...body, caller };
    return { verificationId: await this.webAuthn.verifyRegistrationResponse(answer) };
  }
}
