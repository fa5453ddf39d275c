import { Get, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors } from '../errors/api-errors.decorator';
import { ApiController } from '../http/api-controller.decorator';
import { SessionGuard, SignedIn } from '../session/session.guard';
import type { CurrentSession } from '../session/session.port';
import { UserDto } from './user.dto';
import { UsersService } from './users.service';

@ApiController('api/my-account', 'My account')
@UseGuards(SessionGuard)
@ApiCookieAuth('session')
export class MyAccountController {
  constructor(private readonly users: UsersService) {}

  @Get()
  @ApiOperation({ summary: 'Get my account', description: 'The signed-in user.' })
  @ApiOkResponse({ type: UserDto, description: 'The account.' })
  @ApiErrors(['auth.unauthorized'])
  get(@SignedIn() { userId }: CurrentSession): Promise<UserDto> {
    return this.users.get(userId);
  }
}
