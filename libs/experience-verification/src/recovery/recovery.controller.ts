import { Body, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { VerifiedDto } from '../records/verified.dto';
import { ApiErrors, LIMITED_ERRORS } from '../errors/api-errors.decorator';
import { currentOrNewInteraction } from '../api/current-interaction';
import { ApiController } from '../api/api-controller.decorator';
import type { Exchange } from '../ports/exchange';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { Caller, CurrentExchange, Interaction } from '../api/exchange.decorators';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import { RateLimited } from '../limits/rate-limit.guard';
import { toAddress, toTypedIdentifier } from '../identifiers/identifier.dto';
import type { InteractionId } from '../webauthn/webauthn-types';
import {
  SendVerificationCodeDto,
  VerifyRecoveryCodeDto,
  VerifyRecoveryLinkDto,
  VerifyVerificationCodeDto,
} from './recovery.dto';
import { AddressProofs } from './address-proofs.service';
import { RecoveryLinks } from './recovery-links.service';
import { RecoveryService } from './recovery.service';

/** Codes that one address may have sent, to whomever: each is remembered for a day. */
export const SENDS_AN_HOUR = 120;

@ApiController('api/experience/verification', 'Recovery')
export class RecoveryController {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    private readonly service: RecoveryService,
    private readonly addresses: AddressProofs,
    private readonly links: RecoveryLinks,
  ) {}

  @Post('recovery-code/verify')
  @RateLimited('recovery-code')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Verify a recovery code',
    description:
      'Spends a recovery code. The record that it makes is used for identification as that of a passkey is; the session has `amr` `otp`, and `submit` sends the browser to where a new passkey is offered. The answer does not tell whether there is such a user.',
  })
  @ApiOkResponse({
    description: 'The code was right: the verification record is verified.',
    type: VerifiedDto,
  })
  @ApiErrors([...LIMITED_ERRORS, 'session.mfa.invalid_recovery_code'])
  async verifyCode(
    @Body() { identifier, code }: VerifyRecoveryCodeDto,
    @CurrentExchange() exchange: Exchange,
    @Caller() caller: Caller,
  ): Promise<VerifiedDto> {
    const { relyingParty } = exchange;
    const found = toTypedIdentifier(identifier, this.options);
    const interactionId = await currentOrNewInteraction(exchange, this.interactions);
    return {
      verificationId: await this.service.verifyCode(relyingParty, interactionId, found, code, caller),
    };
  }

  @Post('recovery-link/verify')
  @RateLimited()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Verify a recovery link',
    description:
      'Spends a link that management has made for the user. The record that it makes is used for identification as that of a recovery code is.',
  })
  @ApiOkResponse({
    description: 'The link was good: the verification record is verified.',
    type: VerifiedDto,
  })
  @ApiErrors([...LIMITED_ERRORS, 'recovery.link_not_found', 'user.suspended'])
  async verifyLink(
    @Body() { secret }: VerifyRecoveryLinkDto,
    @CurrentExchange() exchange: Exchange,
    @Caller() caller: Caller,
  ): Promise<VerifiedDto> {
    const interactionId = await currentOrNewInteraction(exchange, this.interactions);
    return { verificationId: await this.links.verify(exchange.relyingParty, interactionId, secret, caller) };
  }

  @Post('verification-code')
  @RateLimited(undefined, SENDS_AN_HOUR)
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send a verification code',
    description:
      "Sends a code to the account's owner over the host's messenger, valid for 10 minutes; earlier ones are void. At most three in 15 minutes and ten a day for an account. The answer is the same when there is no such user; then nothing is sent. In a `Register` interaction the code is sent to the address itself, whoever has it: the verified record proves that whoever registers is reached there.",
  })
  @ApiOkResponse({ description: 'Sent, if there is such a user.', type: VerifiedDto })
  @ApiErrors([...LIMITED_ERRORS, 'recovery.channel_not_available'])
  async sendCode(
    @Body() { identifier }: SendVerificationCodeDto,
    @CurrentExchange() exchange: Exchange,
    @Caller() caller: Caller,
  ): Promise<VerifiedDto> {
    const { relyingParty } = exchange;
    const found = toTypedIdentifier(identifier, this.options);
    const interactionId = await currentOrNewInteraction(exchange, this.interactions);
    if ((await this.interactions.eventOf(interactionId)) === 'Register') {
      const address = toAddress(identifier, this.options);
      const asked = { exchange, interactionId, userId: null, caller };
      return { verificationId: await this.addresses.send(asked, address) };
    }
    return { verificationId: await this.service.sendCode(relyingParty, interactionId, found, caller) };
  }

  @Post('verification-code/verify')
  @RateLimited()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Verify a verification code',
    description:
      'Tries a code that was sent. After five wrong ones of an account in 15 minutes, from wherever and of however many codes, none can be tried until `Retry-After`; what can be no code does not count. The verified record is used for identification.',
  })
  @ApiOkResponse({
    description: 'The code was right: the verification record is verified.',
    type: VerifiedDto,
  })
  @ApiErrors([
    ...LIMITED_ERRORS,
    'verification_code.code_mismatch',
    'session.mfa.pending_info_not_found',
    'session.verification_session_not_found',
  ])
  async verifySent(
    @Body() { verificationId, code }: VerifyVerificationCodeDto,
    @CurrentExchange() exchange: Exchange,
    @Interaction() interactionId: InteractionId | null,
    @Caller() caller: Caller,
  ): Promise<VerifiedDto> {
    return {
      verificationId: await this.service.verifySent(exchange, interactionId, verificationId, code, caller),
    };
  }
}
