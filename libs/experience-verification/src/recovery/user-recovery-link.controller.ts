import { Param, Post } from '@nestjs/common';
import { ApiCreatedResponse, ApiOperation } from '@nestjs/swagger';
import { ApiController } from '../api/api-controller.decorator';
import { Caller, RelyingParty } from '../api/exchange.decorators';
import { Management, MANAGEMENT_ERRORS } from '../api/management-token.guard';
import { ApiErrors } from '../errors/api-errors.decorator';
import { ApiUserId } from '../management/users.controller';
import { RecoveryLinkDto } from './recovery.dto';
import { RecoveryLinks } from './recovery-links.service';

@ApiController('api/users/:id/recovery-link', 'Management')
export class UserRecoveryLinkController {
  constructor(private readonly links: RecoveryLinks) {}

  @Management('recovery')
  @Post()
  @ApiUserId()
  @ApiOperation({
    summary: 'Make a recovery link',
    description:
      'A link that lets the user in once, within 15 minutes, to add a new passkey; an earlier one is void. Whoever has it is the user: hand it over where you know who takes it. The owner is told. Where the policy asks for two codes, the link alone is enough.',
  })
  @ApiCreatedResponse({ type: RecoveryLinkDto, description: 'Made.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'user.user_not_exist', 'user.suspended'])
  create(
    @Param('id') id: string,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<RecoveryLinkDto> {
    return this.links.create(id, relyingParty, caller);
  }
}
