import { Body, Delete, Get, HttpCode, Patch } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { Caller, CurrentExchange } from '../api/exchange.decorators';
import { ApiErrors, LIMITED_ERRORS } from '../errors/api-errors.decorator';
import { RateLimited } from '../limits/rate-limit.guard';
import type { Exchange } from '../ports/exchange';
import type { CurrentSession } from '../ports/session.port';
import {
  type OwnAccount,
  RequireRecentVerification,
  SignedIn,
  SignedInToAccount,
} from '../session/session.guard';
import { SignedInController } from '../session/signed-in-controller.decorator';
import { AccountDto, ChangeAccountDto } from './account.dto';
import { AccountService } from './account.service';

@SignedInController('api/my-account')
export class MyAccountController {
  constructor(private readonly account: AccountService) {}

  @Get()
  @ApiOperation({
    summary: 'Get my account',
    description: 'The signed-in user, and how and when this browser signed in or last proved presence.',
  })
  @ApiOkResponse({ type: AccountDto, description: 'The account.' })
  @ApiErrors(['auth.unauthorized', 'session.account_mismatch'])
  get(@SignedInToAccount() { session, user }: OwnAccount): AccountDto {
    return AccountDto.inSession(user, session);
  }

  @Patch()
  @RequireRecentVerification()
  @RateLimited()
  @ApiOperation({
    summary: 'Change my account',
    description:
      'Changes the user name, or takes a name or an address away; one must be left to sign in with. Needs a recent sign-in, by a passkey where the account has one. Addresses that the account has lost are told.',
  })
  @ApiOkResponse({ type: AccountDto, description: 'The account as it is now.' })
  @ApiErrors([
    ...LIMITED_ERRORS,
    'auth.unauthorized',
    'session.account_mismatch',
    'session.verification_required',
    'session.passkey_required',
    'request.not_found',
    'user.username_already_in_use',
    'user.username_not_allowed',
  ])
  async change(
    @Body() body: ChangeAccountDto,
    @CurrentExchange() exchange: Exchange,
    @SignedIn() session: CurrentSession,
    @Caller() caller: Caller,
  ): Promise<AccountDto> {
    return AccountDto.inSession(await this.account.change({ exchange, session, caller }, body), session);
  }

  @Delete()
  @RequireRecentVerification()
  @HttpCode(204)
  @ApiOperation({
    summary: 'Delete my account',
    description:
      'Deletes the account with its passkeys, sessions, recovery codes and what applications were given, for good. Needs a recent sign-in, by a passkey where the account has one.',
  })
  @ApiNoContentResponse({ description: 'Deleted, and signed out.' })
  @ApiErrors([
    'request.cross_origin',
    'auth.unauthorized',
    'session.account_mismatch',
    'session.verification_required',
    'session.passkey_required',
    'request.not_found',
  ])
  async delete(
    @CurrentExchange() exchange: Exchange,
    @SignedIn() session: CurrentSession,
    @Caller() caller: Caller,
  ): Promise<void> {
    await this.account.delete({ exchange, session, caller });
  }
}
