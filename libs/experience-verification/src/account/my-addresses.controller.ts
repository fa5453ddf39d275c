import { Body, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { currentOrNewInteraction } from '../api/current-interaction';
import { Caller, CurrentExchange, Interaction } from '../api/exchange.decorators';
import { ApiErrors, LIMITED_ERRORS } from '../errors/api-errors.decorator';
import type { ErrorCode } from '../errors/error-catalog';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { ALREADY_IN_USE } from '../identifiers/identifier';
import { toAddress } from '../identifiers/identifier.dto';
import { RateLimited } from '../limits/rate-limit.guard';
import type { Exchange } from '../ports/exchange';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import type { CurrentSession } from '../ports/session.port';
import { VerifiedDto } from '../records/verified.dto';
import { SENDS_AN_HOUR } from '../recovery/recovery.controller';
import { VerifyVerificationCodeDto } from '../recovery/recovery.dto';
import { RequireRecentVerification, SignedIn } from '../session/session.guard';
import { SignedInController } from '../session/signed-in-controller.decorator';
import type { InteractionId } from '../webauthn/webauthn-types';
import { AccountDto, ProveAddressDto } from './account.dto';
import { AccountService } from './account.service';

const OWNER_ERRORS: ErrorCode[] = [
  ...LIMITED_ERRORS,
  'auth.unauthorized',
  'session.account_mismatch',
  'session.verification_required',
  'session.passkey_required',
  'request.not_found',
  'recovery.channel_not_available',
];

@SignedInController('api/my-account/addresses')
export class MyAddressesController {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    private readonly account: AccountService,
  ) {}

  @Post()
  @RequireRecentVerification()
  @RateLimited(undefined, SENDS_AN_HOUR)
  @HttpCode(200)
  @ApiOperation({
    summary: 'Send a code to a new address of mine',
    description:
      "Sends a code to an email address or a phone number, which is the account's once the code came back. Until then nothing is changed. The answer is the same for an address that another account has. Needs a recent sign-in, by a passkey where the account has one. At most three codes in 15 minutes and ten a day to an address.",
  })
  @ApiOkResponse({ description: 'Sent.', type: VerifiedDto })
  @ApiErrors(OWNER_ERRORS)
  async send(
    @Body() { identifier }: ProveAddressDto,
    @CurrentExchange() exchange: Exchange,
    @SignedIn() session: CurrentSession,
    @Caller() caller: Caller,
  ): Promise<VerifiedDto> {
    const address = toAddress(identifier, this.options);
    const interactionId = await currentOrNewInteraction(exchange, this.interactions);
    return {
      verificationId: await this.account.sendCode({ exchange, session, caller }, interactionId, address),
    };
  }

  @Post('verify')
  @RequireRecentVerification()
  @RateLimited()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Prove a new address of mine',
    description:
      'With the right code the address is the account’s, proved, in place of the one of its type, which is told and proves nothing any longer. After five wrong codes in 15 minutes none can be tried until `Retry-After`. Whether another account has the address is told only now.',
  })
  @ApiOkResponse({ description: 'The account as it is now.', type: AccountDto })
  @ApiErrors([
    ...OWNER_ERRORS,
    'verification_code.code_mismatch',
    'session.mfa.pending_info_not_found',
    'session.verification_session_not_found',
    ...ALREADY_IN_USE,
  ])
  async verify(
    @Body() { verificationId, code }: VerifyVerificationCodeDto,
    @CurrentExchange() exchange: Exchange,
    @Interaction() interactionId: InteractionId | null,
    @SignedIn() session: CurrentSession,
    @Caller() caller: Caller,
  ): Promise<AccountDto> {
    const owner = { exchange, session, caller };
    const user = await this.account.takeAddress(owner, interactionId, verificationId, code);
    return AccountDto.inSession(user, session);
  }
}
