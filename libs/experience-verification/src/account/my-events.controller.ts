import { Get, Query, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiController } from '../api/api-controller.decorator';
import { ApiExpectedAccount } from '../api/expected-account';
import { ApiPaging } from '../api/paging';
import { ApiErrors } from '../errors/api-errors.decorator';
import type { CurrentSession } from '../ports/session.port';
import { SessionGuard, SignedIn } from '../session/session.guard';
import { AccountEventPageDto } from './account-event.dto';
import { AccountService } from './account.service';

@UseGuards(SessionGuard)
@ApiController('api/my-account/events', 'My account')
@ApiExpectedAccount()
@ApiCookieAuth('session')
export class MyEventsController {
  constructor(private readonly account: AccountService) {}

  @Get()
  @ApiOperation({
    summary: 'List what happened to my account',
    description:
      'Sign-ins, refusals and changes, newest first, page by page, each with the network and the browser it came from.',
  })
  @ApiPaging()
  @ApiOkResponse({ type: AccountEventPageDto, description: 'A page of events.' })
  @ApiErrors(['guard.invalid_input', 'auth.unauthorized', 'session.account_mismatch'])
  list(
    @SignedIn() { userId }: CurrentSession,
    @Query('cursor') cursor?: string,
    @Query('limit') limit?: string,
  ): Promise<AccountEventPageDto> {
    return this.account.listEvents(userId, cursor, limit);
  }
}
