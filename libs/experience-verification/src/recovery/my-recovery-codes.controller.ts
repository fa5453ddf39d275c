import { Get, Inject, Post, Req, UseGuards } from '@nestjs/common';
import { ApiCookieAuth, ApiCreatedResponse, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors } from '../errors/api-errors.decorator';
import { ApiController } from '../api/api-controller.decorator';
import { callerOf, type HttpRequest } from '../api/http-exchange';
import { RELYING_PARTY_PROVIDER, type RelyingPartyProvider } from '../ports/relying-party.port';
import { RequireRecentVerification, SessionGuard, SignedIn } from '../session/session.guard';
import type { CurrentSession } from '../ports/session.port';
import { RecoveryCodesDto, RecoveryCodesStatusDto } from './recovery.dto';
import { RecoveryService } from './recovery.service';

@ApiController('api/my-account/recovery-codes', 'My account')
@UseGuards(SessionGuard)
@ApiCookieAuth('session')
export class MyRecoveryCodesController {
  constructor(
    @Inject(RELYING_PARTY_PROVIDER) private readonly relyingParties: RelyingPartyProvider,
    private readonly service: RecoveryService,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'How many recovery codes I have',
    description: 'The codes themselves are told at their making only.',
  })
  @ApiOkResponse({ type: RecoveryCodesStatusDto, description: 'How many are left.' })
  @ApiErrors(['auth.unauthorized'])
  status(@SignedIn() { userId }: CurrentSession): Promise<RecoveryCodesStatusDto> {
    return this.service.status(userId);
  }

  @Post()
  @RequireRecentVerification()
  @ApiOperation({
    summary: 'Create my recovery codes',
    description:
      'Ten new codes, shown this once; earlier ones are void. Needs a recent sign-in. No body is needed.',
  })
  @ApiCreatedResponse({ type: RecoveryCodesDto, description: 'The codes.' })
  @ApiErrors([
    'request.cross_origin',
    'request.body_too_large',
    'request.unsupported_media_type',
    'guard.invalid_input',
    'auth.unauthorized',
    'session.verification_required',
  ])
  async create(
    @SignedIn() { userId }: CurrentSession,
    @Req() request: HttpRequest,
  ): Promise<RecoveryCodesDto> {
    const { id: rpId } = await this.relyingParties.forRequest(request);
    return this.service.createCodes(rpId, userId, callerOf(request));
  }
}
