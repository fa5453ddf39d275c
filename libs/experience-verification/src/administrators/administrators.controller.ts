import { Body, Delete, Get, HttpCode, Param, Post, Put } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
} from '@nestjs/swagger';
import { ApiController } from '../api/api-controller.decorator';
import { Caller, RelyingParty } from '../api/exchange.decorators';
import { ApiExpectedAccount } from '../api/expected-account';
import { Management, MANAGEMENT_ERRORS } from '../api/management-token.guard';
import { ApiErrors, LIMITED_ERRORS } from '../errors/api-errors.decorator';
import { RateLimited } from '../limits/rate-limit.guard';
import { UserDto } from '../management/user.dto';
import { ApiUserId } from '../management/users.controller';
import type { CurrentSession } from '../ports/session.port';
import { RequireRecentVerification, SignedIn } from '../session/session.guard';
import { AdministratorLinkDto, ClaimAdministrationDto } from './administrator.dto';
import { AdministratorsService } from './administrators.service';

@ApiController('api/administrators', 'Management')
export class AdministratorsController {
  constructor(private readonly administrators: AdministratorsService) {}

  @Management('administrators')
  @Get()
  @ApiOperation({
    summary: 'List administrators',
    description:
      'Users who may use this API, signed in with a passkey. What they change asks for a recent one.',
  })
  @ApiOkResponse({ type: [UserDto], description: 'In the order of their ids.' })
  @ApiErrors(MANAGEMENT_ERRORS)
  list(@RelyingParty() relyingParty: RelyingParty): Promise<UserDto[]> {
    return this.administrators.list(relyingParty);
  }

  @Management('administrators')
  @Post('link')
  @ApiOperation({
    summary: 'Make a link for an administrator',
    description:
      'Whoever opens it within an hour, and signs in with a passkey, becomes an administrator. It works once; an earlier one is void.',
  })
  @ApiCreatedResponse({ type: AdministratorLinkDto, description: 'Made.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS])
  createLink(
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<AdministratorLinkDto> {
    return this.administrators.createLink({ relyingParty, caller });
  }

  @RequireRecentVerification({ methods: ['passkey'] })
  @RateLimited()
  @Post('claim')
  @HttpCode(204)
  @ApiCookieAuth('session')
  @ApiExpectedAccount()
  @ApiOperation({
    summary: 'Become an administrator by a link',
    description: 'Spends a link: the user who is signed in is an administrator from then on.',
  })
  @ApiNoContentResponse({ description: 'The user is an administrator.' })
  @ApiErrors([
    ...LIMITED_ERRORS,
    'auth.unauthorized',
    'session.account_mismatch',
    'session.verification_required',
    'session.passkey_required',
    'administrator.link_not_found',
  ])
  claim(
    @Body() { secret }: ClaimAdministrationDto,
    @SignedIn() session: CurrentSession,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.administrators.claim(session, secret, { relyingParty, caller });
  }

  @Management('administrators')
  @Put(':id')
  @HttpCode(204)
  @ApiUserId()
  @ApiOperation({ summary: 'Make a user an administrator', description: 'From the next call on.' })
  @ApiNoContentResponse({ description: 'The user is an administrator.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'user.user_not_exist'])
  add(
    @Param('id') id: string,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.administrators.set(id, true, { relyingParty, caller });
  }

  @Management('administrators')
  @Delete(':id')
  @HttpCode(204)
  @ApiUserId()
  @ApiOperation({
    summary: 'Make a user no administrator any more',
    description: 'From the next call on. The last one may go: `passkey-server admin link` makes another.',
  })
  @ApiNoContentResponse({ description: 'The user is no administrator.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'user.user_not_exist'])
  remove(
    @Param('id') id: string,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.administrators.set(id, false, { relyingParty, caller });
  }
}
