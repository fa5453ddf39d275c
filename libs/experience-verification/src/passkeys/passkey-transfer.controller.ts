import { Body, Get, HttpCode, Post, Query } from '@nestjs/common';
import { ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import { ApiErrors, BODY_ERRORS } from '../errors/api-errors.decorator';
import { ApiController } from '../api/api-controller.decorator';
import { Caller, RelyingParty } from '../api/exchange.decorators';
import { ApiPaging } from '../api/paging';
import { Management, MANAGEMENT_ERRORS } from '../api/management-token.guard';
import { ImportPasskeysDto, ImportResultsDto, PasskeyPageDto } from './passkey-transfer.dto';
import { PasskeyTransferService } from './passkey-transfer.service';

@ApiController('api/passkeys', 'Management')
export class PasskeyTransferController {
  constructor(private readonly service: PasskeyTransferService) {}

  @Management('passkeys')
  @Get('export')
  @ApiOperation({
    summary: 'Export passkeys',
    description:
      'All passkeys of this relying party with their owners, page by page, in the form that the import takes. There is no secret in them: passkeys are public keys.',
  })
  @ApiPaging()
  @ApiOkResponse({ type: PasskeyPageDto, description: 'A page of passkeys.' })
  @ApiErrors(['guard.invalid_input', ...MANAGEMENT_ERRORS])
  export(
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
    @Query('cursor') cursor?: string,
    @Query('limit') limit?: string,
  ): Promise<PasskeyPageDto> {
    return this.service.export(relyingParty, caller, cursor, limit);
  }

  @Management('import')
  @Post('import')
  @HttpCode(200)
  @ApiOperation({
    summary: 'Import passkeys',
    description:
      'Brings passkeys of this relying party from another system, up to 50 a call; the same call again changes nothing. Owners are found by identifier or user handle, or created. A passkey that another user has, or that would come under another user handle, is refused, as is whatever can not be read; each result says so by itself.',
  })
  @ApiOkResponse({ type: ImportResultsDto, description: 'What became of each.' })
  @ApiErrors([...BODY_ERRORS, ...MANAGEMENT_ERRORS])
  import(
    @Body() body: ImportPasskeysDto,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<ImportResultsDto> {
    return this.service.import(relyingParty, body, caller);
  }
}
