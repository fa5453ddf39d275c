import { Delete, HttpCode, Inject } from '@nestjs/common';
import { ApiNoContentResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors } from '../errors/api-errors.decorator';
import { ApiController } from '../api/api-controller.decorator';
import type { Exchange } from '../ports/exchange';
import { CurrentExchange } from '../api/exchange.decorators';
import { SESSION_PROVIDER, type SessionProvider } from '../ports/session.port';

@ApiController('api/session', 'My account')
export class SessionController {
  constructor(@Inject(SESSION_PROVIDER) private readonly sessions: SessionProvider) {}

  @Delete()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Sign out',
    description: 'Ends the session of this browser. Answers 204 also when there was none.',
  })
  @ApiNoContentResponse({ description: 'Signed out.' })
  @ApiErrors(['request.cross_origin'])
  async signOut(@CurrentExchange() exchange: Exchange): Promise<void> {
    await this.sessions.end(exchange);
  }
}
