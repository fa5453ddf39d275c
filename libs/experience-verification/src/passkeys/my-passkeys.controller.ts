import { Body, Delete, Get, HttpCode, Param, Patch, Post } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
} from '@nestjs/swagger';
import { ApiErrors, BODY_ERRORS } from '../errors/api-errors.decorator';
import type { Exchange } from '../ports/exchange';
import { Caller, CurrentExchange, Interaction, RelyingParty } from '../api/exchange.decorators';
import { RequireRecentVerification, SignedIn } from '../session/session.guard';
import { SignedInController } from '../session/signed-in-controller.decorator';
import type { CurrentSession } from '../ports/session.port';
import type { InteractionId } from '../webauthn/webauthn-types';
import { AddPasskeyDto, PasskeyDto, RenamePasskeyDto } from './passkey.dto';
import { PasskeysService } from './passkeys.service';
import { SignalsDto } from './signals.dto';

const ApiPasskeyId = () => ApiParam({ name: 'id', example: '4c5cf2cb-1d0f-4b8b-9f5e-0b6f5f2a6c11' });

@SignedInController('api/my-account/passkeys')
export class MyPasskeysController {
  constructor(private readonly service: PasskeysService) {}

  @Get()
  @ApiOperation({
    summary: 'List my passkeys',
    description: "The signed-in user's passkeys at this relying party, oldest first.",
  })
  @ApiOkResponse({ type: [PasskeyDto], description: 'The passkeys.' })
  @ApiErrors(['auth.unauthorized', 'session.account_mismatch'])
  list(
    @SignedIn() { userId }: CurrentSession,
    @RelyingParty() { id: rpId }: RelyingParty,
  ): Promise<PasskeyDto[]> {
    return this.service.list(userId, rpId);
  }

  @Get('signals')
  @ApiOperation({
    summary: 'Get signals for my authenticators',
    description:
      "What the page passes to the browser's Signal API, so that authenticators show the present name. Of a passkey that was deleted here they are told by its id (`unknownCredential` of a refusal, or the page that deleted it), never by a list.",
  })
  @ApiOkResponse({ type: SignalsDto, description: 'Arguments of the calls.' })
  @ApiErrors(['auth.unauthorized', 'session.account_mismatch'])
  signals(
    @SignedIn() { userId }: CurrentSession,
    @RelyingParty() { id: rpId }: RelyingParty,
  ): Promise<SignalsDto> {
    return this.service.signals(userId, rpId);
  }

  @Post()
  @RequireRecentVerification()
  @ApiOperation({
    summary: 'Add a passkey to my account',
    description:
      'Binds a verified registration of this browser. Needs a recent sign-in, by a passkey where the account has one; after a recovery one passkey may be added without.',
  })
  @ApiCreatedResponse({ type: PasskeyDto, description: 'Bound.' })
  @ApiErrors([
    ...BODY_ERRORS,
    'session.verification_failed',
    'auth.unauthorized',
    'session.account_mismatch',
    'session.verification_required',
    'session.passkey_required',
    'user.too_many_passkeys',
    'session.verification_session_not_found',
    'session.mfa.webauthn_credential_already_in_use',
  ])
  add(
    @CurrentExchange() exchange: Exchange,
    @SignedIn() session: CurrentSession,
    @Body() body: AddPasskeyDto,
    @Interaction() interactionId: InteractionId | null,
    @Caller() caller: Caller,
  ): Promise<PasskeyDto> {
    return this.service.add(exchange, session, interactionId, body, caller);
  }

  @Patch(':id')
  @ApiPasskeyId()
  @ApiOperation({
    summary: 'Rename a passkey of mine',
    description: 'Gives it a name that its owner recognises.',
  })
  @ApiOkResponse({ type: PasskeyDto, description: 'Renamed.' })
  @ApiErrors([...BODY_ERRORS, 'auth.unauthorized', 'session.account_mismatch', 'passkey.not_found'])
  rename(
    @SignedIn() session: CurrentSession,
    @Param('id') passkeyId: string,
    @Body() { name }: RenamePasskeyDto,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<PasskeyDto> {
    return this.service.rename(session, rpId, passkeyId, name, caller);
  }

  @Delete(':id')
  @HttpCode(204)
  @RequireRecentVerification()
  @ApiPasskeyId()
  @ApiOperation({
    summary: 'Delete a passkey of mine',
    description:
      'The last one stays, lest its owner be locked out. Sessions that it opened end, but for this one. Needs a recent sign-in by a passkey.',
  })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiErrors([
    'auth.unauthorized',
    'session.account_mismatch',
    'request.cross_origin',
    'session.verification_required',
    'session.passkey_required',
    'passkey.not_found',
    'user.last_passkey',
  ])
  async delete(
    @CurrentExchange() exchange: Exchange,
    @SignedIn() session: CurrentSession,
    @Param('id') passkeyId: string,
    @Caller() caller: Caller,
  ): Promise<void> {
    await this.service.delete(exchange, session, passkeyId, caller);
  }
}
