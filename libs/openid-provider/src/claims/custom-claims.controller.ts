import { Body, Get, Param, Put } from '@nestjs/common';
import { ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import {
  ApiController,
  ApiErrors,
  BODY_ERRORS,
  Caller,
  Management,
  MANAGEMENT_ERRORS,
  RelyingParty,
} from 'nestjs-passkey-sign-in';
import { ApiGroupId } from '../groups/api-group-id.decorator';
import { CustomClaimsDto } from './custom-claims.dto';
import { CustomClaimsService } from './custom-claims.service';

const ApiUserId = () => ApiParam({ name: 'id', example: '9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10' });

@ApiController('api', 'Applications')
export class CustomClaimsController {
  constructor(private readonly service: CustomClaimsService) {}

  @Management('users:read')
  @Get('users/:id/claims')
  @ApiUserId()
  @ApiOperation({ summary: 'Get claims of a user', description: 'Those that management has given.' })
  @ApiOkResponse({ type: CustomClaimsDto, description: 'The claims.' })
  @ApiErrors([...MANAGEMENT_ERRORS, 'user.user_not_exist'])
  ofUser(@Param('id') id: string, @RelyingParty() { tenant }: RelyingParty): Promise<CustomClaimsDto> {
    return this.service.ofUser(id, tenant);
  }

  @Management('users:write')
  @Put('users/:id/claims')
  @ApiUserId()
  @ApiOperation({
    summary: 'Give a user claims',
    description: 'In place of those before. Applications are told them by the scope `profile`.',
  })
  @ApiOkResponse({ type: CustomClaimsDto, description: 'Given.' })
  @ApiErrors([...BODY_ERRORS, ...MANAGEMENT_ERRORS, 'user.user_not_exist'])
  setOfUser(
    @Param('id') id: string,
    @Body() body: CustomClaimsDto,
    @RelyingParty() { id: rpId, tenant }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<CustomClaimsDto> {
    return this.service.setOfUser(id, body, { rpId, tenant, caller });
  }

  @Management('groups')
  @Get('groups/:id/claims')
  @ApiGroupId()
  @ApiOperation({ summary: 'Get claims of a group', description: 'Those that management has given.' })
  @ApiOkResponse({ type: CustomClaimsDto, description: 'The claims.' })
  @ApiErrors([...MANAGEMENT_ERRORS, 'group.not_found'])
  ofGroup(@Param('id') id: string, @RelyingParty() { id: rpId }: RelyingParty): Promise<CustomClaimsDto> {
    return this.service.ofGroup(id, rpId);
  }

  @Management('groups')
  @Put('groups/:id/claims')
  @ApiGroupId()
  @ApiOperation({
    summary: 'Give a group claims',
    description: 'In place of those before. Applications are told them of its members by the scope `groups`.',
  })
  @ApiOkResponse({ type: CustomClaimsDto, description: 'Given.' })
  @ApiErrors([...BODY_ERRORS, ...MANAGEMENT_ERRORS, 'group.not_found'])
  setOfGroup(
    @Param('id') id: string,
    @Body() body: CustomClaimsDto,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<CustomClaimsDto> {
    return this.service.setOfGroup(id, body, { rpId, caller });
  }
}
