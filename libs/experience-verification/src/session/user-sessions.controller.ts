import { Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiController } from '../api/api-controller.decorator';
import { Caller, RelyingParty } from '../api/exchange.decorators';
import { Management, MANAGEMENT_ERRORS } from '../api/management-token.guard';
import { ApiErrors } from '../errors/api-errors.decorator';
import { ApiUserId } from '../management/users.controller';
import { UsersService } from '../management/users.service';
import { ApiSessionId } from './my-sessions.controller';
import { SessionDto } from './session.dto';
import { Sessions } from './sessions.service';

@ApiController('api/users/:id/sessions', 'Management')
export class UserSessionsController {
  constructor(
    private readonly users: UsersService,
    private readonly sessions: Sessions,
  ) {}

  @Management('users:read')
  @Get()
  @ApiUserId()
  @ApiOperation({
    summary: "List a user's sessions",
    description: 'Where the user is signed in, the latest used first; none is `current`.',
  })
  @ApiOkResponse({ type: [SessionDto], description: 'The sessions.' })
  @ApiErrors([...MANAGEMENT_ERRORS, 'user.user_not_exist'])
  async list(@Param('id') id: string, @RelyingParty() relyingParty: RelyingParty): Promise<SessionDto[]> {
    const userId = await this.users.idOf(id, relyingParty);
    return (await this.sessions.list(userId)).map((session) => SessionDto.of(session, null));
  }

  @Management('users:write')
  @Delete(':sessionId')
  @HttpCode(204)
  @ApiUserId()
  @ApiSessionId('sessionId')
  @ApiOperation({ summary: "End a user's session", description: 'Signs the user out on that browser.' })
  @ApiNoContentResponse({ description: 'Ended.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'user.user_not_exist', 'session.not_found'])
  async end(
    @Param('id') id: string,
    @Param('sessionId') sessionId: string,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    const userId = await this.users.idOf(id, relyingParty);
    await this.sessions.endOne({ rpId: relyingParty.id, userId, caller }, sessionId);
  }

  @Management('users:write')
  @Delete()
  @HttpCode(204)
  @ApiUserId()
  @ApiOperation({ summary: "End a user's sessions", description: 'Signs the user out everywhere.' })
  @ApiNoContentResponse({ description: 'Ended.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'user.user_not_exist'])
  async endAll(
    @Param('id') id: string,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    const userId = await this.users.idOf(id, relyingParty);
    await this.sessions.endAll({ rpId: relyingParty.id, userId, caller });
  }
}
