import { Body, Delete, Get, HttpCode, Param, Patch, Post, Query } from '@nestjs/common';
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
import {
  ApplicationDto,
  ApplicationPageDto,
  ApplicationSecretDto,
  CreateApplicationDto,
  CreatedApplicationDto,
  CreatedSecretDto,
  UpdateApplicationDto,
} from './application.dto';
import { ApplicationsService } from './applications.service';

const CHANGE_ERRORS = [
  ...MANAGEMENT_ERRORS,
  'application.not_found',
  'application.configured_by_file',
] as const;
const ApiApplicationId = () => ApiParam({ name: 'id', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607182' });

@ApiController('api/applications', 'Applications')
export class ApplicationsController {
  constructor(private readonly service: ApplicationsService) {}

  @Management('applications')
  @Post()
  @ApiOperation({
    summary: 'Add an application',
    description:
      'An OpenID Connect client of the relying party. A secret is told this once, and kept as a hash.',
  })
  @ApiCreatedResponse({ type: CreatedApplicationDto, description: 'Added.' })
  @ApiErrors([...BODY_ERRORS, ...MANAGEMENT_ERRORS])
  create(
    @Body() body: CreateApplicationDto,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<CreatedApplicationDto> {
    return this.service.create(body, { rpId, caller });
  }

  @Management('applications')
  @Get()
  @ApiOperation({ summary: 'List applications', description: 'In the order of their ids, page by page.' })
  @ApiPaging()
  @ApiOkResponse({ type: ApplicationPageDto, description: 'A page of applications.' })
  @ApiErrors(['guard.invalid_input', ...MANAGEMENT_ERRORS])
  list(
    @RelyingParty() { id: rpId }: RelyingParty,
    @Query('cursor') cursor?: string,
    @Query('limit') limit?: string,
  ): Promise<ApplicationPageDto> {
    return this.service.list(rpId, cursor, limit);
  }

  @Management('applications')
  @Get(':id')
  @ApiApplicationId()
  @ApiOperation({ summary: 'Get an application', description: 'One application by its id.' })
  @ApiOkResponse({ type: ApplicationDto, description: 'The application.' })
  @ApiErrors([...MANAGEMENT_ERRORS, 'application.not_found'])
  get(@Param('id') id: string, @RelyingParty() { id: rpId }: RelyingParty): Promise<ApplicationDto> {
    return this.service.get(id, rpId);
  }

  @Management('applications')
  @Patch(':id')
  @ApiApplicationId()
  @ApiOperation({
    summary: 'Change an application',
    description:
      'Changes what is given, at once and on every server; null takes a member back. Its type stays.',
  })
  @ApiOkResponse({ type: ApplicationDto, description: 'Changed.' })
  @ApiErrors([...BODY_ERRORS, ...CHANGE_ERRORS])
  update(
    @Param('id') id: string,
    @Body() body: UpdateApplicationDto,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<ApplicationDto> {
    return this.service.update(id, body, { rpId, caller });
  }

  @Management('applications')
  @Delete(':id')
  @HttpCode(204)
  @ApiApplicationId()
  @ApiOperation({ summary: 'Delete an application', description: 'Its tokens and its consents end with it.' })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiErrors(['request.cross_origin', ...CHANGE_ERRORS])
  delete(
    @Param('id') id: string,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.service.delete(id, { rpId, caller });
  }

  @Management('applications')
  @Post(':id/secrets')
  @ApiApplicationId()
  @ApiOperation({
    summary: 'Add a secret',
    description: 'Another secret beside those that there are: they work until they are deleted.',
  })
  @ApiCreatedResponse({ type: CreatedSecretDto, description: 'Added.' })
  @ApiErrors(['guard.invalid_input', 'request.cross_origin', ...CHANGE_ERRORS])
  createSecret(
    @Param('id') id: string,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<CreatedSecretDto> {
    return this.service.createSecret(id, { rpId, caller });
  }

  @Management('applications')
  @Get(':id/secrets')
  @ApiApplicationId()
  @ApiOperation({
    summary: 'List secrets',
    description: 'When each was made; what they are is known to nobody.',
  })
  @ApiOkResponse({ type: [ApplicationSecretDto], description: 'The secrets.' })
  @ApiErrors([...MANAGEMENT_ERRORS, 'application.not_found'])
  listSecrets(
    @Param('id') id: string,
    @RelyingParty() { id: rpId }: RelyingParty,
  ): Promise<ApplicationSecretDto[]> {
    return this.service.listSecrets(id, rpId);
  }

  @Management('applications')
  @Delete(':id/secrets/:secretId')
  @HttpCode(204)
  @ApiApplicationId()
  @ApiParam({ name: 'secretId', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607183' })
  @ApiOperation({ summary: 'Delete a secret', description: 'It works no more, on any server.' })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiErrors(['request.cross_origin', ...CHANGE_ERRORS])
  deleteSecret(
    @Param('id') id: string,
    @Param('secretId') secretId: string,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    return this.service.deleteSecret(id, secretId, { rpId, caller });
  }
}
