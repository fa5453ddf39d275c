import { Get, Post, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors } from '../errors/api-errors.decorator';
import { ApiExpectedAccount } from '../api/expected-account';
import { ApiController } from '../api/api-controller.decorator';
import { Caller, RelyingParty } from '../api/exchange.decorators';
import { RequireRecentVerification, SessionGuard, SignedIn } from '../session/session.guard';
import type { CurrentSession } from '../ports/session.port';
import { RecoveryCodesDto, RecoveryCodesStatusDto } from './recovery.dto';
import { RecoveryService } from './recovery.service';

@UseGuards(SessionGuard)
@ApiController('api/my-account/recovery-codes', 'My account', 'recovery')
@ApiExpectedAccount()
@ApiCookieAuth('session')
export class MyRecoveryCodesController {
  constructor(private readonly service: RecoveryService) {}

  @Get()
  @ApiOperation({
    summary: 'How many recovery codes I have',
    description: 'The codes themselves are told at their making only.',
  })
  @ApiOkResponse({ type: RecoveryCodesStatusDto, description: 'How many are left.' })
  @ApiErrors(['auth.unauthorized', 'session.account_mismatch'])
  status(@SignedIn() { userId }: CurrentSession): Promise<RecoveryCodesStatusDto> {
    return this.service.status(userId);
  }

  @Post()
  @RequireRecentVerification()
  @ApiOperation({
    summary: 'Create my recovery codes',
    description:
      'Ten new codes, shown this once; earlier ones are void. Needs a recent sign-in, by a passkey where the account has one. No body is needed.',
  })
  @ApiCreatedResponse({ type: RecoveryCodesDto, description: 'The codes.' })
  @ApiErrors([
    'request.cross_origin',
    'request.body_too_large',
    'request.unsupported_media_type',
    'guard.invalid_input',
    'auth.unauthorized',
    'session.account_mismatch',
    'session.verification_required',
    'session.passkey_required',
  ])
  create(
    @SignedIn() session: CurrentSession,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<RecoveryCodesDto> {
    return this.service.createCodes(rpId, session, caller);
  }
}
