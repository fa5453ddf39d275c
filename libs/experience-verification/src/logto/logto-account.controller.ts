import { Body, Delete, Get, HttpCode, Inject, Param, Patch, Post, UseFilters } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { currentOrNewInteraction } from '../api/current-interaction';
import { Caller, CurrentExchange, Interaction, RelyingParty } from '../api/exchange.decorators';
import { ExperienceException } from '../errors/experience.exception';
import { toIdentifier } from '../identifiers/identifier.dto';
import { RateLimited } from '../limits/rate-limit.guard';
import { PasskeysService } from '../passkeys/passkeys.service';
import { type PasskeyDto, RenamePasskeyDto } from '../passkeys/passkey.dto';
import type { Exchange } from '../ports/exchange';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import type { CurrentSession } from '../ports/session.port';
import { RecoveryService } from '../recovery/recovery.service';
import { SENT_CODE_TTL } from '../recovery/sent-codes.service';
import { RequireRecentVerification, SignedIn } from '../session/session.guard';
import { SignedInController } from '../session/signed-in-controller.decorator';
import { Accounts } from '../users/accounts.service';
import { WebAuthnService } from '../webauthn.service';
import type { InteractionId } from '../webauthn/webauthn-types';
import { LogtoExceptionFilter } from './logto-exception.filter';
import { AddFactorDto, SendCodeDto, UpdatePreferencesDto, VerifyCodeDto, VerifyRecordDto } from './logto.dto';
import { SkippedOffer } from './skipped-offer';

const inSeconds = (seconds: number): string => new Date(Date.now() + seconds * 1000).toISOString();

/**
 * Calls of Logto's account centre. Whoever is signed in is known by the session's cookie; the bearer token that it
 * sends too says nothing here, nor does its `logto-verification-id`: changes need a recent sign-in.
 */
@UseFilters(LogtoExceptionFilter)
@ApiExcludeController()
@SignedInController('api', 'Logto')
export class LogtoAccountController {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    private readonly passkeys: PasskeysService,
    private readonly accounts: Accounts,
    private readonly recovery: RecoveryService,
    private readonly webAuthn: WebAuthnService,
  ) {}

  @Post('verifications/web-authn/registration')
  @RequireRecentVerification()
  @RateLimited()
  @HttpCode(200)
  async createRegistration(@CurrentExchange() exchange: Exchange, @SignedIn() session: CurrentSession) {
    const { relyingParty } = exchange;
    await this.passkeys.requireMayAdd(session, relyingParty.id);
    const interactionId = await currentOrNewInteraction(exchange, this.interactions);
    const { userId } = session;
    const place = { relyingParty, interactionId, userId };
    const created = await this.webAuthn.generateRegistrationOptionsForUser(place);
    return {
      verificationRecordId: created.verificationId,
      registrationOptions: created.registrationOptions,
      expiresAt: inSeconds(created.registrationOptions.timeout / 1000),
    };
  }

  @Post('verifications/web-authn/registration/verify')
  @RateLimited()
  @HttpCode(200)
  async verifyRegistration(
    @Body() { verificationRecordId, payload }: VerifyRecordDto,
    @RelyingParty() relyingParty: RelyingParty,
    @Interaction() interactionId: InteractionId | null,
    @Caller() caller: Caller,
  ) {
    const answer = { relyingParty, interactionId, verificationId: verificationRecordId, payload, caller };
    return { verificationRecordId: await this.webAuthn.verifyRegistrationResponse(answer) };
  }

  /** The account centre wants a code before it shows what can be changed. Here the code opens nothing by itself. */
  @Post('verifications/verification-code')
  @RequireRecentVerification()
  @RateLimited()
  @HttpCode(201)
  async sendCode(
    @Body() body: SendCodeDto,
    @CurrentExchange() exchange: Exchange,
    @SignedIn() { userId }: CurrentSession,
    @Caller() caller: Caller,
  ) {
    const identifier = toIdentifier(body.identifier, this.options);
    if (!(await this.accounts.hasAddress(userId, identifier))) {
      throw new ExperienceException('guard.invalid_input', {
        data: { 'identifier.value': ['must be an address of the account'] },
      });
    }
    const interactionId = await currentOrNewInteraction(exchange, this.interactions);
    const sent = this.recovery.sendCode(exchange.relyingParty, interactionId, identifier, caller);
    return { verificationRecordId: await sent, expiresAt: inSeconds(SENT_CODE_TTL) };
  }

  @Post('verifications/verification-code/verify')
  @RateLimited()
  @HttpCode(200)
  async verifyCode(
    @Body() { verificationId, code }: VerifyCodeDto,
    @CurrentExchange() exchange: Exchange,
    @Interaction() interactionId: InteractionId | null,
    @Caller() caller: Caller,
  ) {
    return {
      verificationRecordId: await this.recovery.verifySent(
        exchange,
        interactionId,
        verificationId,
        code,
        caller,
      ),
    };
  }

  @Get('my-account/mfa-verifications')
  async list(@SignedIn() { userId }: CurrentSession, @RelyingParty() { id: rpId }: RelyingParty) {
    return (await this.passkeys.list(userId, rpId)).map(toFactor);
  }

  @Post('my-account/mfa-verifications')
  @RequireRecentVerification()
  @HttpCode(204)
  async add(
    @CurrentExchange() exchange: Exchange,
    @SignedIn() session: CurrentSession,
    @Body() { newIdentifierVerificationRecordId: verificationId, name }: AddFactorDto,
    @Interaction() interactionId: InteractionId | null,
    @Caller() caller: Caller,
  ): Promise<void> {
    await this.passkeys.add(exchange, session, interactionId, { verificationId, name }, caller);
  }

  @Patch('my-account/mfa-verifications/:id/name')
  @RequireRecentVerification()
  async rename(
    @SignedIn() session: CurrentSession,
    @Param('id') passkeyId: string,
    @Body() { name }: RenamePasskeyDto,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    await this.passkeys.rename(session, rpId, passkeyId, name, caller);
  }

  @Delete('my-account/mfa-verifications/:id')
  @RequireRecentVerification()
  @HttpCode(204)
  async delete(
    @CurrentExchange() exchange: Exchange,
    @SignedIn() session: CurrentSession,
    @Param('id') passkeyId: string,
    @Caller() caller: Caller,
  ): Promise<void> {
    await this.passkeys.delete(exchange, session, passkeyId, caller);
  }

  @Get('my-account/logto-configs')
  preferences(@CurrentExchange() exchange: Exchange, @SignedIn() { userId }: CurrentSession) {
    return toPreferences(SkippedOffer.of(exchange, userId));
  }

  @Patch('my-account/logto-configs')
  @RequireRecentVerification()
  changePreferences(
    @Body() { passkeySignIn }: UpdatePreferencesDto,
    @CurrentExchange() exchange: Exchange,
    @SignedIn() { userId }: CurrentSession,
  ) {
    const skipped = passkeySignIn?.skipped ?? SkippedOffer.of(exchange, userId);
    SkippedOffer.set(exchange, userId, skipped);
    return toPreferences(skipped);
  }
}

const toFactor = ({ id, createdAt, lastUsedAt, name, provider }: PasskeyDto) => ({
  id,
  type: 'WebAuthn',
  createdAt,
  ...(lastUsedAt !== null && { lastUsedAt }),
  ...(name !== null && { name }),
  ...(provider && { agent: provider.name }),
});

const toPreferences = (skipped: boolean) => ({
  mfa: { skipped: false, skipMfaOnSignIn: false },
  passkeySignIn: { skipped },
});
