import { Body, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
import {
  ApiCreatedResponse,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiQuery,
} from '@nestjs/swagger';
import { ApiErrors, BODY_ERRORS } from '../errors/api-errors.decorator';
import { ApiController } from '../api/api-controller.decorator';
import { Caller, RelyingParty } from '../api/exchange.decorators';
import { ApiPaging } from '../api/paging';
import { QueryText } from '../api/query-text';
import { ALREADY_IN_USE } from '../identifiers/identifier';
import { Management, MANAGEMENT_ERRORS } from '../api/management-token.guard';
import { CreateUserDto, UpdateUserDto, UserDto, UserPageDto } from './user.dto';
import { UsersService } from './users.service';

export const ApiUserId = () => ApiParam({ name: 'id', example: '9d2cbb5e-5d1c-4a0f-8f8c-2f5f4a0d3c10' });

@ApiController('api/users', 'Management')
export class UsersController {
  constructor(private readonly service: UsersService) {}

  @Management('users:write')
  @Post()
  @ApiOperation({
    summary: 'Create a user',
    description: 'Creates a user with at least one identifier and no passkey yet.',
  })
  @ApiCreatedResponse({ type: UserDto, description: 'Created.' })
  @ApiErrors([...BODY_ERRORS, ...MANAGEMENT_ERRORS, ...ALREADY_IN_USE, 'user.username_not_allowed'])
  create(
    @Body() body: CreateUserDto,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<UserDto> {
    return this.service.create(body, { relyingParty, caller });
  }

  @Management('users:read')
  @Get()
  @ApiOperation({ summary: 'List users', description: 'In the order of their ids, page by page.' })
  @ApiPaging()
  @ApiQuery({
    name: 'identifier',
    required: false,
    description: 'As the user would type it to sign in: lists who has it, or nobody.',
    schema: { type: 'string' },
  })
  @ApiQuery({
    name: 'search',
    required: false,
    description:
      'Part of a user name, an email address or a phone number, whatever its case, or an id: lists who has it.',
    schema: { type: 'string' },
  })
  @ApiOkResponse({ type: UserPageDto, description: 'A page of users.' })
  @ApiErrors(['guard.invalid_input', ...MANAGEMENT_ERRORS])
  list(
    @RelyingParty() relyingParty: RelyingParty,
    @Query('cursor') cursor?: string,
    @Query('limit') limit?: string,
    @QueryText('identifier') identifier?: string,
    @QueryText('search') search?: string,
  ): Promise<UserPageDto> {
    if (identifier !== undefined) return this.service.whoHas(identifier, relyingParty);
    return search === undefined
      ? this.service.list(cursor, limit, relyingParty)
      : this.service.search(search, cursor, limit, relyingParty);
  }

  @Management('users:read')
  @Get(':id')
  @ApiUserId()
  @ApiOperation({ summary: 'Get a user', description: 'One user by id.' })
  @ApiOkResponse({ type: UserDto, description: 'The user.' })
  @ApiErrors([...MANAGEMENT_ERRORS, 'user.user_not_exist'])
  get(@Param('id') id: string, @RelyingParty() relyingParty: RelyingParty): Promise<UserDto> {
    return this.service.get(id, relyingParty);
  }

  @Management('users:write')
  @Patch(':id')
  @ApiUserId()
  @ApiOperation({
    summary: 'Change a user',
    description:
      'Changes identifiers (null removes one; one must be left), or suspends the user: sessions end at once and passkeys no longer sign in. Codes that were sent to an address that the user loses are void; that address and those left are told.',
  })
  @ApiOkResponse({ type: UserDto, description: 'Changed.' })
  @ApiErrors([
    ...BODY_ERRORS,
    ...MANAGEMENT_ERRORS,
    'user.user_not_exist',
    ...ALREADY_IN_USE,
    'user.username_not_allowed',
  ])
  update(
    @Param('id') id: string,
    @Body() body: UpdateUserDto,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<UserDto> {
    return this.service.update(id, body, { relyingParty, caller });
  }

  @Management('users:write')
  @Delete(':id')
  @HttpCode(204)
  @ApiUserId()
  @ApiOperation({ summary: 'Delete a user', description: 'Deletes the user with all passkeys and sessions.' })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'user.user_not_exist'])
  delete(
    @Param('id') id: string,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.service.delete(id, { relyingParty, caller });
  }
}
