import { Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import {
  ApiErrors,
  Caller,
  type CurrentSession,
  RelyingParty,
  SignedIn,
  SignedInController,
} from 'nestjs-passkey-sign-in';
import { MyApplicationDto } from './my-application.dto';
import { MyApplicationsService } from './my-applications.service';

@SignedInController('api/my-account/applications')
export class MyApplicationsController {
  constructor(private readonly service: MyApplicationsService) {}

  @Get()
  @ApiOperation({
    summary: 'List my applications',
    description: 'Those that the user has signed in to, the latest first.',
  })
  @ApiOkResponse({ type: [MyApplicationDto], description: 'The applications.' })
  @ApiErrors(['auth.unauthorized', 'session.account_mismatch'])
  list(
    @SignedIn() { userId }: CurrentSession,
    @RelyingParty() { id: rpId }: RelyingParty,
  ): Promise<MyApplicationDto[]> {
    return this.service.list(userId, rpId);
  }

  @Delete(':id')
  @HttpCode(204)
  @ApiParam({ name: 'id', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607182' })
  @ApiOperation({
    summary: 'Disconnect an application of mine',
    description: 'Takes back what it may see, and ends the tokens that it has.',
  })
  @ApiNoContentResponse({ description: 'Disconnected.' })
  @ApiErrors([
    'request.cross_origin',
    'auth.unauthorized',
    'session.account_mismatch',
    'application.not_found',
  ])
  disconnect(
    @SignedIn() { userId }: CurrentSession,
    @Param('id') id: string,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.service.disconnect(id, userId, rpId, caller);
  }
}
