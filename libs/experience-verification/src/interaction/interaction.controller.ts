import { Body, Delete, HttpCode, Inject, Post, Put } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors, BODY_ERRORS, LIMITED_ERRORS, SIGN_UP_ERRORS } from '../errors/api-errors.decorator';
import { ApiController } from '../api/api-controller.decorator';
import { requireSignUp, type ResolvedRouteOptions, ROUTE_OPTIONS } from '../api/route-options';
import type { Exchange } from '../ports/exchange';
import { Caller, CurrentExchange, Interaction } from '../api/exchange.decorators';
import type { InteractionId } from '../webauthn/webauthn-types';
import { ALREADY_IN_USE } from '../identifiers/identifier';
import { RateLimited } from '../limits/rate-limit.guard';
import { IdentificationService } from './identification.service';
import { IdentificationDto, StartInteractionDto, SubmittedDto } from './interaction.dto';
import { InteractionService } from './interaction.service';

@ApiController('api/experience', 'Interaction')
export class InteractionController {
  constructor(
    @Inject(ROUTE_OPTIONS) private readonly routes: ResolvedRouteOptions,
    private readonly service: InteractionService,
    private readonly identification: IdentificationService,
  ) {}

  @Put()
  @RateLimited()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Start an interaction',
    description:
      'Starts afresh: whatever interaction this browser was in ends, with its verification records, but for pending ones of the preflight: a page may ask for those options when it opens, and start once a passkey was picked. A new user who tries again has the same user handle. A browser that never calls this is in a `SignIn` interaction. Tabs that name themselves in the header `Interaction-Tab` (1 to 32 letters and digits), at each call, have an interaction each.',
  })
  @ApiNoContentResponse({ description: 'Started; the interaction cookie is set.' })
  @ApiErrors([...LIMITED_ERRORS])
  async start(
    @Body() { interactionEvent }: StartInteractionDto,
    @CurrentExchange() exchange: Exchange,
  ): Promise<void> {
    if (interactionEvent === 'Register') requireSignUp(this.routes);
    await this.service.restart(exchange, interactionEvent);
  }

  @Post('identification')
  @RateLimited()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Identify the user by a verified record',
    description:
      'Uses a verified record, once, and gives the interaction a new cookie. In a `SignIn` interaction it identifies the user whose passkey was verified. In a `Register` interaction it creates the user and the passkey in one transaction.',
  })
  @ApiNoContentResponse({ description: '`SignIn`: the user is identified.' })
  @ApiCreatedResponse({
    description: '`Register`: user and passkey are created, and the user is identified.',
  })
  @ApiErrors([
    ...LIMITED_ERRORS,
    'session.verification_failed',
    'session.invalid_interaction_type',
    'user.suspended',
    'recovery.second_code_required',
    'session.verification_session_not_found',
    'session.identity_conflict',
    ...ALREADY_IN_USE,
    'user.username_not_allowed',
    ...SIGN_UP_ERRORS,
    'session.mfa.webauthn_credential_already_in_use',
  ])
  async identify(
    @Body() { verificationId }: IdentificationDto,
    @CurrentExchange() exchange: Exchange,
    @Interaction() interactionId: InteractionId | null,
    @Caller() caller: Caller,
  ): Promise<void> {
    const event = await this.identification.identify(exchange, interactionId, verificationId, caller);
    if (event === 'Register') exchange.response.status(201);
  }

  @Post('submit')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Submit the interaction',
    description:
      'Signs the identified user in: sets a new session cookie and spends the interaction. After a recovery `redirectTo` ends in `#recovered`: a page offers a new passkey there. No body is needed.',
  })
  @ApiOkResponse({ description: 'Signed in.', type: SubmittedDto })
  @ApiErrors([
    ...BODY_ERRORS,
    'user.suspended',
    'session.interaction_not_found',
    'session.identifier_not_found',
  ])
  async submit(@CurrentExchange() exchange: Exchange, @Caller() caller: Caller): Promise<SubmittedDto> {
    return { redirectTo: await this.service.submit(exchange, caller) };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Abandon the interaction',
    description: 'Ends the interaction, with its verification records. Answers 204 also when there was none.',
  })
  @ApiNoContentResponse({ description: 'Ended.' })
  @ApiErrors(['request.cross_origin'])
  async abandon(@CurrentExchange() exchange: Exchange): Promise<void> {
    await this.service.abandon(exchange);
  }
}
