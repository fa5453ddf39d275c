import { Get, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiPaging } from '../api/paging';
import { ApiErrors } from '../errors/api-errors.decorator';
import type { CurrentSession } from '../ports/session.port';
import { SignedIn } from '../session/session.guard';
import { SignedInController } from '../session/signed-in-controller.decorator';
import { AccountEventPageDto } from './account-event.dto';
import { AccountService } from './account.service';

@SignedInController('api/my-account/events')
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
