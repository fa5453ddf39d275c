import { Body, Delete, Get, HttpCode, Param, Patch, Post, Put, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
} from '@nestjs/swagger';
import {
  ApiController,
  ApiErrors,
  ApiPaging,
  BODY_ERRORS,
  Caller,
  Management,
  MANAGEMENT_ERRORS,
  RelyingParty,
} from 'nestjs-passkey-sign-in';
import { ApiGroupId } from './api-group-id.decorator';
import { GroupDto, GroupMembersDto, WriteGroupDto } from './group.dto';
import { GroupsService } from './groups.service';

const ApiMemberId = () => ApiParam({ name: 'userId', example: '9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10' });

@ApiController('api/groups', 'Applications')
export class GroupsController {
  constructor(private readonly service: GroupsService) {}

  @Management('groups')
  @Post()
  @ApiOperation({ summary: 'Add a group', description: 'Applications are told it by the scope `groups`.' })
  @ApiCreatedResponse({ type: GroupDto, description: 'Added.' })
  @ApiErrors([...BODY_ERRORS, ...MANAGEMENT_ERRORS, 'group.name_already_in_use'])
  create(
    @Body() body: WriteGroupDto,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<GroupDto> {
    return this.service.create(body, { rpId, caller });
  }

  @Management('groups')
  @Get()
  @ApiOperation({ summary: 'List groups', description: 'All of them, by name.' })
  @ApiOkResponse({ type: [GroupDto], description: 'The groups.' })
  @ApiErrors([...MANAGEMENT_ERRORS])
  list(@RelyingParty() { id: rpId }: RelyingParty): Promise<GroupDto[]> {
    return this.service.list(rpId);
  }

  @Management('groups')
  @Get(':id')
  @ApiGroupId()
  @ApiOperation({ summary: 'Get a group', description: 'One group by its id.' })
  @ApiOkResponse({ type: GroupDto, description: 'The group.' })
  @ApiErrors([...MANAGEMENT_ERRORS, 'group.not_found'])
  get(@Param('id') id: string, @RelyingParty() { id: rpId }: RelyingParty): Promise<GroupDto> {
    return this.service.get(id, rpId);
  }

  @Management('groups')
  @Patch(':id')
  @ApiGroupId()
  @ApiOperation({
    summary: 'Rename a group',
    description: 'Applications that it is given to must be told the new name.',
  })
  @ApiOkResponse({ type: GroupDto, description: 'Renamed.' })
  @ApiErrors([...BODY_ERRORS, ...MANAGEMENT_ERRORS, 'group.not_found', 'group.name_already_in_use'])
  rename(
    @Param('id') id: string,
    @Body() body: WriteGroupDto,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<GroupDto> {
    return this.service.rename(id, body, { rpId, caller });
  }

  @Management('groups')
  @Delete(':id')
  @HttpCode(204)
  @ApiGroupId()
  @ApiOperation({
    summary: 'Delete a group',
    description: 'Nobody is in it any more; an application for it alone lets nobody in.',
  })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'group.not_found'])
  delete(
    @Param('id') id: string,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.service.delete(id, { rpId, caller });
  }

  @Management('groups')
  @Get(':id/members')
  @ApiGroupId()
  @ApiOperation({ summary: 'List the members of a group', description: 'Their ids, page by page.' })
  @ApiPaging()
  @ApiOkResponse({ type: GroupMembersDto, description: 'A page of members.' })
  @ApiErrors(['guard.invalid_input', ...MANAGEMENT_ERRORS, 'group.not_found'])
  listMembers(
    @Param('id') id: string,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Query('cursor') cursor?: string,
    @Query('limit') limit?: string,
  ): Promise<GroupMembersDto> {
    return this.service.members(id, rpId, cursor, limit);
  }

  @Management('groups')
  @Put(':id/members/:userId')
  @HttpCode(204)
  @ApiGroupId()
  @ApiMemberId()
  @ApiOperation({ summary: 'Add a member', description: 'The user is in the group from now on.' })
  @ApiNoContentResponse({ description: 'In the group.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'group.not_found', 'user.user_not_exist'])
  add(
    @Param('id') id: string,
    @Param('userId') userId: string,
    @RelyingParty() { id: rpId, tenant }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.service.setMember(id, userId, true, { rpId, tenant, caller });
  }

  @Management('groups')
  @Delete(':id/members/:userId')
  @HttpCode(204)
  @ApiGroupId()
  @ApiMemberId()
  @ApiOperation({ summary: 'Remove a member', description: 'The user is in the group no more.' })
  @ApiNoContentResponse({ description: 'Not in the group.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'group.not_found', 'user.user_not_exist'])
  remove(
    @Param('id') id: string,
    @Param('userId') userId: string,
    @RelyingParty() { id: rpId, tenant }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.service.setMember(id, userId, false, { rpId, tenant, caller });
  }
}
