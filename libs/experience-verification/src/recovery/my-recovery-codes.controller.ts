import { Get, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors } from '../errors/api-errors.decorator';
import { Caller, RelyingParty } from '../api/exchange.decorators';
import { RequireRecentVerification, SignedIn } from '../session/session.guard';
import { SignedInController } from '../session/signed-in-controller.decorator';
import type { CurrentSession } from '../ports/session.port';
import { RecoveryCodesDto, RecoveryCodesStatusDto } from './recovery.dto';
import { RecoveryService } from './recovery.service';

@SignedInController('api/my-account/recovery-codes', undefined, 'recovery')
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
