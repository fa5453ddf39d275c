import { Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { Caller, CurrentExchange, RelyingParty } from '../api/exchange.decorators';
import { ApiErrors } from '../errors/api-errors.decorator';
import type { Exchange } from '../ports/exchange';
import type { CurrentSession } from '../ports/session.port';
import { SessionDto } from './session.dto';
import { SignedIn } from './session.guard';
import { SignedInController } from './signed-in-controller.decorator';
import { Sessions } from './sessions.service';

export const ApiSessionId = (name: string) =>
  ApiParam({ name, example: '0b8f5b0e-8a43-4c52-9d05-6f1c2c7f7a55' });

@SignedInController('api/my-account/sessions')
export class MySessionsController {
  constructor(private readonly sessions: Sessions) {}

  @Get()
  @ApiOperation({
    summary: 'List my sessions',
    description: 'Where the user is signed in, the latest used first.',
  })
  @ApiOkResponse({ type: [SessionDto], description: 'The sessions.' })
  @ApiErrors(['auth.unauthorized', 'session.account_mismatch'])
  async list(@SignedIn() { userId, id }: CurrentSession): Promise<SessionDto[]> {
    return (await this.sessions.list(userId)).map((session) => SessionDto.of(session, id));
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiSessionId('id')
  @ApiOperation({
    summary: 'End a session of mine',
    description: 'Signs the user out on that browser. The present one signs out.',
  })
  @ApiNoContentResponse({ description: 'Ended.' })
  @ApiErrors(['request.cross_origin', 'auth.unauthorized', 'session.account_mismatch', 'session.not_found'])
  async end(
    @SignedIn() session: CurrentSession,
    @Param('id') id: string,
    @CurrentExchange() exchange: Exchange,
    @Caller() caller: Caller,
  ): Promise<void> {
    if (id === session.id) return this.sessions.signOut(exchange, caller);
    const { id: rpId } = exchange.relyingParty;
    await this.sessions.endOne({ rpId, userId: session.userId, caller }, id);
  }

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    summary: 'End my other sessions',
    description: 'Signs the user out on every browser but this one.',
  })
  @ApiNoContentResponse({ description: 'Ended.' })
  @ApiErrors(['request.cross_origin', 'auth.unauthorized', 'session.account_mismatch'])
  async endOthers(
    @SignedIn() { userId }: CurrentSession,
    @RelyingParty() { id: rpId }: RelyingParty,
    @CurrentExchange() exchange: Exchange,
    @Caller() caller: Caller,
  ): Promise<void> {
    await this.sessions.endAll({ rpId, userId, caller }, exchange);
  }
}
