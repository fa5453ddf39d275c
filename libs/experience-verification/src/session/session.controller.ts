import { Delete, HttpCode } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors } from '../errors/api-errors.decorator';
import { ApiController } from '../api/api-controller.decorator';
import type { Exchange } from '../ports/exchange';
import { Caller, CurrentExchange } from '../api/exchange.decorators';
import { ApiExpectedAccount } from '../api/expected-account';
import { Sessions } from './sessions.service';

@ApiController('api/session', 'My account', 'session')
export class SessionController {
  constructor(private readonly sessions: Sessions) {}

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Sign out',
    description: 'Ends the session of this browser. Answers 204 also when there was none.',
  })
  @ApiNoContentResponse({ description: 'Signed out.' })
  @ApiExpectedAccount()
  @ApiErrors(['request.cross_origin', 'session.account_mismatch'])
  async signOut(@CurrentExchange() exchange: Exchange, @Caller() caller: Caller): Promise<void> {
    await this.sessions.signOut(exchange, caller);
  }
}
