import { Get, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors } from '../errors/api-errors.decorator';
import { ApiExpectedAccount } from '../api/expected-account';
import { ApiController } from '../api/api-controller.decorator';
import { SessionGuard, SignedIn } from './session.guard';
import type { CurrentSession } from '../ports/session.port';
import { AccountDto } from './account.dto';
import { UsersService } from '../management/users.service';

@ApiController('api/my-account', 'My account')
@UseGuards(SessionGuard)
@ApiExpectedAccount()
@ApiCookieAuth('session')
export class MyAccountController {
  constructor(private readonly users: UsersService) {}

  @Get()
  @ApiOperation({
    summary: 'Get my account',
    description: 'The signed-in user, and how and when this browser signed in or last proved presence.',
  })
  @ApiOkResponse({ type: AccountDto, description: 'The account.' })
  @ApiErrors(['auth.unauthorized', 'session.account_mismatch'])
  async get(@SignedIn() { userId, amr, authenticatedAt }: CurrentSession): Promise<AccountDto> {
    return { ...(await this.users.get(userId)), amr, authenticatedAt: authenticatedAt.toISOString() };
  }
}
