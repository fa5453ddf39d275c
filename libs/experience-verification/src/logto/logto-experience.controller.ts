import { Body, Get, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { currentOrNewInteraction } from '../api/current-interaction';
import { ApiController } from '../api/api-controller.decorator';
import { Caller, CurrentExchange, Interaction } from '../api/exchange.decorators';
import { ExperienceException } from '../errors/experience.exception';
import { toIdentifier } from '../identifiers/identifier.dto';
import { IdentificationService } from '../interaction/identification.service';
import { StartInteractionDto } from '../interaction/interaction.dto';
import { InteractionPasskeys } from '../interaction/interaction-passkeys.service';
import { InteractionService } from '../interaction/interaction.service';
import { RateLimited } from '../limits/rate-limit.guard';
import type { Exchange } from '../ports/exchange';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import type { ListedRecord } from '../records/verification-record.repository';
import { VerificationRecordService } from '../records/verification-record.service';
import { WebAuthnService } from '../webauthn.service';
import type { InteractionId, UserId } from '../webauthn/webauthn-types';
import { FactorOfInteractionDto, PasskeyOfInteractionDto, ProfileDto } from './logto.dto';
import { LogtoFlows } from './logto-flows.service';
import { SkippedOffer } from './skipped-offer';

/** Calls of Logto's sign-in page that the module's own API has not. */
@ApiExcludeController()
@ApiController('api/experience', 'Logto')
export class LogtoExperienceController {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    private readonly interaction: InteractionService,
    private readonly identification: IdentificationService,
    private readonly records: VerificationRecordService,
    private readonly passkeys: InteractionPasskeys,
    private readonly webAuthn: WebAuthnService,
    private readonly flows: LogtoFlows,
  ) {}

  @Get('interaction')
  async read(@CurrentExchange() exchange: Exchange, @Interaction() interactionId: InteractionId | null) {
    if (!interactionId) throw new ExperienceException('session.interaction_not_found');
    const userId = await this.interactions.identifiedUser(interactionId);
    const newUser = await this.flows.newUser(exchange, interactionId);
    return {
      interactionEvent: await this.interactions.eventOf(interactionId),
      ...(userId && { userId }),
      profile: newUser ? { [newUser.type]: newUser.value } : {},
      verificationRecords: (await this.records.list(interactionId, exchange.relyingParty.id)).flatMap(
        toPublic,
      ),
    };
  }

  @Put('interaction-event')
  @RateLimited()
  @HttpCode(204)
  async changeEvent(
    @Body() { interactionEvent }: StartInteractionDto,
    @CurrentExchange() exchange: Exchange,
  ): Promise<void> {
    await this.interaction.changeEvent(exchange, interactionEvent);
  }

  @Post('profile')
  @RateLimited()
  @HttpCode(204)
  async setProfile(
    @Body() body: ProfileDto,
    @CurrentExchange() exchange: Exchange,
    @Caller() caller: Caller,
  ): Promise<void> {
    const { relyingParty } = exchange;
    const identifier = toIdentifier(body, this.options, 'value');
    const interactionId = await currentOrNewInteraction(exchange, this.interactions);
    await this.webAuthn.generateRegistrationOptions({ relyingParty, interactionId, identifier, caller });
  }

  @Post('profile/mfa')
  @RateLimited()
  @HttpCode(204)
  async addFactor(
    @Body() { verificationId }: FactorOfInteractionDto,
    @CurrentExchange() exchange: Exchange,
    @Interaction() interactionId: InteractionId | null,
    @Caller() caller: Caller,
  ): Promise<void> {
    await this.bind(exchange, interactionId, verificationId, caller);
  }

  @Post('profile/mfa/passkey')
  @RateLimited()
  @HttpCode(204)
  async addPasskey(
    @Body() { verificationId }: PasskeyOfInteractionDto,
    @CurrentExchange() exchange: Exchange,
    @Interaction() interactionId: InteractionId | null,
    @Caller() caller: Caller,
  ): Promise<void> {
    await this.bind(exchange, interactionId, verificationId, caller);
  }

  @Post('profile/mfa/passkey-skipped')
  @RateLimited()
  @HttpCode(204)
  async skipPasskey(
    @CurrentExchange() exchange: Exchange,
    @Interaction() interactionId: InteractionId | null,
  ): Promise<void> {
    SkippedOffer.set(exchange, await this.identifiedUser(interactionId), true);
  }

  /** There is no other factor that could be asked for or skipped. */
  @Post(['profile/mfa/mfa-enabled', 'profile/mfa/mfa-skipped', 'profile/mfa/mfa-suggestion-skipped'])
  @HttpCode(204)
  async decideOnFactors(@Interaction() interactionId: InteractionId | null): Promise<void> {
    await this.identifiedUser(interactionId);
  }

  private async identifiedUser(interactionId: InteractionId | null): Promise<UserId> {
    const userId = interactionId && (await this.interactions.identifiedUser(interactionId));
    if (!userId) throw new ExperienceException('session.identifier_not_found');
    return userId;
  }

  private async bind(
    exchange: Exchange,
    interactionId: InteractionId | null,
    verificationId: string,
    caller: Caller,
  ): Promise<void> {
    if (await this.flows.newUser(exchange, interactionId)) {
      await this.identification.identify(exchange, interactionId, verificationId, caller);
    } else {
      await this.passkeys.add(exchange, interactionId, verificationId, caller);
    }
  }
}

const TYPES: Partial<Record<ListedRecord['ceremony'], string>> = {
  authentication: 'SignInPasskey',
  'step-up': 'WebAuthn',
  registration: 'WebAuthn',
};

/** As Logto's pages may see a record: those of passkeys. Whose it is would tell a stranger which accounts there are. */
function toPublic({ id, ceremony, status, userId }: ListedRecord): object[] {
  const type = TYPES[ceremony];
  const verified = status === 'verified';
  return type ? [{ id, type, ...(verified && userId && { userId }), verified }] : [];
}
