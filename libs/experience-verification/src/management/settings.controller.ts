import { Get, Inject } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiController } from '../api/api-controller.decorator';
import { RelyingParty } from '../api/exchange.decorators';
import { Management, MANAGEMENT_ERRORS } from '../api/management-token.guard';
import { ApiErrors } from '../errors/api-errors.decorator';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { SettingsDto } from './settings.dto';

@ApiController('api/settings', 'Management')
export class SettingsController {
  constructor(@Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions) {}

  @Management('settings')
  @Get()
  @ApiOperation({
    summary: 'See how the relying party is set up',
    description:
      'Of the one whose host is called: what the configuration says, with all defaults, and never a secret. It is changed where it is configured.',
  })
  @ApiOkResponse({ type: SettingsDto, description: 'The settings.' })
  @ApiErrors(MANAGEMENT_ERRORS)
  get(@RelyingParty() relyingParty: RelyingParty): SettingsDto {
    return SettingsDto.of(relyingParty, this.options.managementTokens);
  }
}
