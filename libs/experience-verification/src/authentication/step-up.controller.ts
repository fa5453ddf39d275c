import { Body, HttpCode, Inject, Post } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { ApiErrors, LIMITED_ERRORS } from '../errors/api-errors.decorator';
import { ExperienceException } from '../errors/experience.exception';
import { ExtensibleDto, toExtensions } from '../webauthn/extensions.dto';
import { currentOrNewInteraction } from '../api/current-interaction';
import { ApiExpectedAccount } from '../api/expected-account';
import { ApiController } from '../api/api-controller.decorator';
import type { Exchange } from '../ports/exchange';
import { Caller, CurrentExchange, Interaction } from '../api/exchange.decorators';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import type { CurrentSession } from '../ports/session.port';
import { RateLimited } from '../limits/rate-limit.guard';
import { Sessions } from '../session/sessions.service';
import { Accounts } from '../users/accounts.service';
import type { InteractionId, UserId } from '../webauthn/webauthn-types';
import { CreatedAuthenticationDto, VerifyAuthenticationDto } from './authentication.dto';
import { VerifiedDto } from '../records/verified.dto';
import { WebAuthnService } from '../webauthn.service';

/** Whose presence is proved: the signed-in user's, or that of whom the interaction has identified. */
interface Present {
  userId: UserId;
  session: CurrentSession | null;
}

@ApiController('api/experience/verification/web-authn/authentication', 'Step-up')
@ApiCookieAuth('session')
export class StepUpController {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    private readonly sessions: Sessions,
    private readonly accounts: Accounts,
    private readonly webAuthn: WebAuthnService,
  ) {}

  @Post()
  @RateLimited()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Create WebAuthn authentication for the present user',
    description:
      'Options with which the signed-in user proves presence again (step-up), or a user whom the interaction has identified by other means adds a passkey as second factor. No body is needed.',
  })
  @ApiOkResponse({ description: "Options for the user's passkeys.", type: CreatedAuthenticationDto })
  @ApiExpectedAccount()
  @ApiErrors([
    ...LIMITED_ERRORS,
    'auth.unauthorized',
    'session.account_mismatch',
    'session.mfa.webauthn_verification_not_found',
    'user.user_not_exist',
  ])
  async create(
    @Body() body: ExtensibleDto,
    @CurrentExchange() exchange: Exchange,
    @Interaction() current: InteractionId | null,
  ): Promise<CreatedAuthenticationDto> {
    const { relyingParty } = exchange;
    const { userId } = await this.present(exchange, current);
    const extensions = toExtensions(body);
    const interactionId = await currentOrNewInteraction(exchange, this.interactions);
    return this.webAuthn.generateStepUpOptions({ relyingParty, interactionId, userId, extensions });
  }

  @Post('verify')
  @RateLimited()
  @HttpCode(200)
  @ApiOperation({
    summary: 'Verify WebAuthn authentication of the present user',
    description:
      'Verifies the assertion; the challenge is spent by this call. Of a signed-in user the session counts as just begun, and its `amr` gets `hwk` or `swk`, `pop` and `user`. Of a user identified in the interaction, `submit` gives the session these.',
  })
  @ApiOkResponse({ description: 'The user is present.', type: VerifiedDto })
  @ApiExpectedAccount()
  @ApiErrors([
    ...LIMITED_ERRORS,
    'session.mfa.pending_info_not_found',
    'session.mfa.webauthn_verification_failed',
    'auth.unauthorized',
    'session.account_mismatch',
    'user.suspended',
    'session.verification_session_not_found',
    'session.identity_conflict',
  ])
  async verify(
    @Body() body: VerifyAuthenticationDto,
    @CurrentExchange() exchange: Exchange,
    @Interaction() interactionId: InteractionId | null,
    @Caller() caller: Caller,
  ): Promise<VerifiedDto> {
    const { userId, session } = await this.present(exchange, interactionId);
    const proof = await this.webAuthn.verifyStepUpResponse({
      relyingParty: exchange.relyingParty,
      interactionId,
      ...body,
      caller,
      userId,
    });
    const { verificationId, ...proven } = proof;
    if (session) await this.sessions.renew(exchange, session, proven);
    else if (interactionId) {
      const { manager } = this.dataSource;
      await this.interactions.identify(interactionId, { userId, ...proven }, manager);
    }
    return { verificationId };
  }

  private async present(exchange: Exchange, interactionId: InteractionId | null): Promise<Present> {
    const session = await this.sessions.current(exchange);
    if (session) return { userId: session.userId, session };
    const userId = interactionId && (await this.interactions.identifiedUser(interactionId));
    if (!userId || (await this.accounts.isSuspended(userId, false)))
      throw new ExperienceException('auth.unauthorized');
    return { userId, session: null };
  }
}
