import { Body, Delete, Get, HttpCode, Inject, Param, Patch, Post, Req, UseGuards } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
} from '@nestjs/swagger';
import { ApiErrors, BODY_ERRORS } from '../errors/api-errors.decorator';
import { ApiController } from '../api/api-controller.decorator';
import { callerOf, type HttpRequest } from '../api/http-exchange';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import { RELYING_PARTY_PROVIDER, type RelyingPartyProvider } from '../ports/relying-party.port';
import { RequireRecentVerification, SessionGuard, SignedIn } from '../session/session.guard';
import type { CurrentSession } from '../ports/session.port';
import { AddPasskeyDto, PasskeyDto, RenamePasskeyDto } from './passkey.dto';
import { PasskeysService } from './passkeys.service';
import { SignalsDto } from './signals.dto';

const ApiPasskeyId = () => ApiParam({ name: 'id', example: '4c5cf2cb-1d0f-4b8b-9f5e-0b6f5f2a6c11' });

@ApiController('api/my-account/passkeys', 'My account')
@UseGuards(SessionGuard)
@ApiCookieAuth('session')
export class MyPasskeysController {
  constructor(
    @Inject(RELYING_PARTY_PROVIDER) private readonly relyingParties: RelyingPartyProvider,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    private readonly service: PasskeysService,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List my passkeys',
    description: "The signed-in user's passkeys at this relying party, oldest first.",
  })
  @ApiOkResponse({ type: [PasskeyDto], description: 'The passkeys.' })
  @ApiErrors(['auth.unauthorized'])
  async list(@SignedIn() { userId }: CurrentSession, @Req() request: HttpRequest): Promise<PasskeyDto[]> {
    const { id } = await this.relyingParties.forRequest(request);
    return this.service.list(userId, id);
  }

  @Get('signals')
  @ApiOperation({
    summary: 'Get signals for my authenticators',
    description:
      "What the page passes to the browser's Signal API, so that authenticators drop passkeys that were deleted here and show the present name.",
  })
  @ApiOkResponse({ type: SignalsDto, description: 'Arguments of the calls.' })
  @ApiErrors(['auth.unauthorized'])
  async signals(@SignedIn() { userId }: CurrentSession, @Req() request: HttpRequest): Promise<SignalsDto> {
    const { id } = await this.relyingParties.forRequest(request);
    return this.service.signals(userId, id);
  }

  @Post()
  @RequireRecentVerification()
  @ApiOperation({
    summary: 'Add a passkey to my account',
    description: 'Binds a verified registration of this browser. Needs a recent sign-in.',
  })
  @ApiCreatedResponse({ type: PasskeyDto, description: 'Bound.' })
  @ApiErrors([
    ...BODY_ERRORS,
    'session.verification_failed',
    'auth.unauthorized',
    'session.verification_required',
    'session.verification_session_not_found',
    'session.mfa.webauthn_credential_already_in_use',
  ])
  async add(
    @SignedIn() { userId }: CurrentSession,
    @Body() body: AddPasskeyDto,
    @Req() request: HttpRequest,
  ): Promise<PasskeyDto> {
    return this.service.add(userId, await this.interactions.current(request), body, callerOf(request));
  }

  @Patch(':id')
  @ApiPasskeyId()
  @ApiOperation({
    summary: 'Rename a passkey of mine',
    description: 'Gives it a name that its owner recognises.',
  })
  @ApiOkResponse({ type: PasskeyDto, description: 'Renamed.' })
  @ApiErrors([...BODY_ERRORS, 'auth.unauthorized', 'passkey.not_found'])
  async rename(
    @SignedIn() { userId }: CurrentSession,
    @Param('id') passkeyId: string,
    @Body() { name }: RenamePasskeyDto,
    @Req() request: HttpRequest,
  ): Promise<PasskeyDto> {
    const { id: rpId } = await this.relyingParties.forRequest(request);
    return this.service.rename(userId, rpId, passkeyId, name, callerOf(request));
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireRecentVerification()
  @ApiPasskeyId()
  @ApiOperation({
    summary: 'Delete a passkey of mine',
    description: 'The last one stays, lest its owner be locked out. Needs a recent sign-in.',
  })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiErrors([
    'auth.unauthorized',
    'request.cross_origin',
    'session.verification_required',
    'passkey.not_found',
    'user.last_passkey',
  ])
  async delete(
    @SignedIn() { userId }: CurrentSession,
    @Param('id') passkeyId: string,
    @Req() request: HttpRequest,
  ): Promise<void> {
    const { id: rpId } = await this.relyingParties.forRequest(request);
    await this.service.delete(userId, rpId, passkeyId, callerOf(request));
  }
}
