import { Body, Delete, Get, HttpCode, Param, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
} from '@nestjs/swagger';
import { ApiController } from '../api/api-controller.decorator';
import { Caller, RelyingParty } from '../api/exchange.decorators';
import { Management, MANAGEMENT_ERRORS } from '../api/management-token.guard';
import { ApiPaging } from '../api/paging';
import { ApiErrors, BODY_ERRORS } from '../errors/api-errors.decorator';
import { CreatedInvitationDto, CreateInvitationDto, InvitationPageDto } from './invitation.dto';
import { InvitationsService } from './invitations.service';

@ApiController('api/invitations', 'Management')
export class InvitationsController {
  constructor(private readonly service: InvitationsService) {}

  @Management('invitations')
  @Post()
  @ApiOperation({
    summary: 'Invite somebody',
    description:
      'Makes a link by which an account can be created, once or several times, also where sign-up is by invitation only; its users are put into the groups. It is sent, or handed over by you. It ends when it is used up, expires or is revoked, when whoever made it is an administrator no more, and when one of its groups is deleted.',
  })
  @ApiCreatedResponse({ type: CreatedInvitationDto, description: 'Made.' })
  @ApiErrors([...BODY_ERRORS, ...MANAGEMENT_ERRORS, 'sign_up.closed', 'recovery.channel_not_available'])
  create(
    @Body() body: CreateInvitationDto,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<CreatedInvitationDto> {
    return this.service.create(body, relyingParty, caller);
  }

  @Management('invitations')
  @Get()
  @ApiOperation({
    summary: 'List invitations',
    description: 'Newest first, page by page, until a while after they have expired.',
  })
  @ApiPaging()
  @ApiOkResponse({ type: InvitationPageDto, description: 'A page of invitations.' })
  @ApiErrors(['guard.invalid_input', ...MANAGEMENT_ERRORS])
  list(
    @RelyingParty() relyingParty: RelyingParty,
    @Query('cursor') cursor?: string,
    @Query('limit') limit?: string,
  ): Promise<InvitationPageDto> {
    return this.service.list(relyingParty, cursor, limit);
  }

  @Management('invitations')
  @Delete(':id')
  @HttpCode(204)
  @ApiParam({ name: 'id', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607190' })
  @ApiOperation({
    summary: 'Revoke an invitation',
    description:
      'It lets nobody in any more, and is no longer listed. Accounts that were created by it stay.',
  })
  @ApiNoContentResponse({ description: 'Revoked.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'invitation.not_found'])
  revoke(
    @Param('id') id: string,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.service.revoke(id, relyingParty, caller);
  }
}
