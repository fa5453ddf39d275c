import { Body, Delete, HttpCode, Inject, Post, Put, Req, Res } from '@nestjs/common';
import { ApiCreatedResponse, ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { AuditService } from '../audit/audit.service';
import { ApiErrors, BODY_ERRORS } from '../errors/api-errors.decorator';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { ApiController } from '../api/api-controller.decorator';
import { callerOf, type HttpRequest, type HttpResponse } from '../api/http-exchange';
import { RELYING_PARTY_PROVIDER, type RelyingPartyProvider } from '../ports/relying-party.port';
import { SESSION_PROVIDER, type SessionProvider } from '../ports/session.port';
import { ALREADY_IN_USE } from '../users/identifier';
import { IdentificationService } from './identification.service';
import { IdentificationDto, StartInteractionDto, SubmittedDto } from './interaction.dto';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';

@ApiController('api/experience', 'Interaction')
export class InteractionController {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(RELYING_PARTY_PROVIDER) private readonly relyingParties: RelyingPartyProvider,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    @Inject(SESSION_PROVIDER) private readonly sessions: SessionProvider,
    private readonly identification: IdentificationService,
    private readonly audit: AuditService,
  ) {}

  @Put()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Start an interaction',
    description:
      'Starts afresh: whatever interaction this browser was in ends, with its verification records, but for pending ones of the preflight: a page may ask for those options when it opens, and start once a passkey was picked. A browser that never calls this is in a `SignIn` interaction.',
  })
  @ApiNoContentResponse({ description: 'Started; the interaction cookie is set.' })
  @ApiErrors([...BODY_ERRORS])
  async start(
    @Body() { interactionEvent }: StartInteractionDto,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<void> {
    await this.interactions.restart(request, response, interactionEvent);
  }

  @Post('identification')
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
    ...BODY_ERRORS,
    'session.verification_failed',
    'session.invalid_interaction_type',
    'user.suspended',
    'session.verification_session_not_found',
    'session.identity_conflict',
    ...Object.values(ALREADY_IN_USE),
    'session.mfa.webauthn_credential_already_in_use',
  ])
  async identify(
    @Body() { verificationId }: IdentificationDto,
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<void> {
    const { id: rpId } = await this.relyingParties.forRequest(request);
    const interactionId = await this.interactions.current(request);
    const event = await this.identification.identify(rpId, interactionId, verificationId, request, response);
    if (event === 'Register') response.status(201);
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
  async submit(
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<SubmittedDto> {
    const user = await this.interactions.finish(request, response);
    await this.sessions.start(request, response, user);
    const { id: rpId } = await this.relyingParties.forRequest(request);
    const { userId, amr } = user;
    await this.audit.record({ type: 'user.signed-in', rpId, userId, details: { amr } }, callerOf(request));
    // Whoever came in without a passkey is led to a new one.
    const recovered = !amr.includes('pop');
    return { redirectTo: this.options.redirectTo + (recovered ? '#recovered' : '') };
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Abandon the interaction',
    description: 'Ends the interaction, with its verification records. Answers 204 also when there was none.',
  })
  @ApiNoContentResponse({ description: 'Ended.' })
  @ApiErrors(['request.cross_origin'])
  async abandon(
    @Req() request: HttpRequest,
    @Res({ passthrough: true }) response: HttpResponse,
  ): Promise<void> {
    await this.interactions.abandon(request, response);
  }
}
