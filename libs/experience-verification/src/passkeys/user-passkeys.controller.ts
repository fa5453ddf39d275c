import { Delete, Get, HttpCode, Param } from '@nestjs/common';
import { ApiNoContentResponse, ApiOkResponse, ApiOperation, ApiParam } from '@nestjs/swagger';
import { ApiErrors } from '../errors/api-errors.decorator';
import { ApiController } from '../api/api-controller.decorator';
import { Caller, RelyingParty } from '../api/exchange.decorators';
import { Management, MANAGEMENT_ERRORS } from '../api/management-token.guard';
import { ApiUserId } from '../management/users.controller';
import { UsersService } from '../management/users.service';
import { PasskeyDto } from './passkey.dto';
import { PasskeysService } from './passkeys.service';

const ApiPasskeyId = () => ApiParam({ name: 'passkeyId', example: '4c5cf2cb-1d0f-4b8b-9f5e-0b6f5f2a6c11' });

@ApiController('api/users/:id/passkeys', 'Management')
export class UserPasskeysController {
  constructor(
    private readonly users: UsersService,
    private readonly passkeys: PasskeysService,
  ) {}

  @Management('passkeys')
  @Get()
  @ApiUserId()
  @ApiOperation({
    summary: "List a user's passkeys",
    description: "The user's passkeys at this relying party, oldest first.",
  })
  @ApiOkResponse({ type: [PasskeyDto], description: 'The passkeys.' })
  @ApiErrors([...MANAGEMENT_ERRORS, 'user.user_not_exist'])
  async list(@Param('id') id: string, @RelyingParty() relyingParty: RelyingParty): Promise<PasskeyDto[]> {
    const userId = await this.users.idOf(id, relyingParty);
    return this.passkeys.list(userId, relyingParty.id);
  }

  @Management('passkeys')
  @Get(':passkeyId')
  @ApiUserId()
  @ApiPasskeyId()
  @ApiOperation({ summary: "Get a user's passkey", description: 'As the list has it.' })
  @ApiOkResponse({ type: PasskeyDto, description: 'The passkey.' })
  @ApiErrors([...MANAGEMENT_ERRORS, 'user.user_not_exist', 'passkey.not_found'])
  async get(
    @Param('id') id: string,
    @Param('passkeyId') passkeyId: string,
    @RelyingParty() relyingParty: RelyingParty,
  ): Promise<PasskeyDto> {
    const userId = await this.users.idOf(id, relyingParty);
    return this.passkeys.get(userId, relyingParty.id, passkeyId);
  }

  @Management('passkeys')
  @Delete()
  @HttpCode(204)
  @ApiUserId()
  @ApiOperation({
    summary: "Delete a user's passkeys",
    description:
      'Deletes all of them, and ends the sessions that they opened. The user comes back by a recovery link or code.',
  })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'user.user_not_exist'])
  async deleteAll(
    @Param('id') id: string,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    const userId = await this.users.idOf(id, relyingParty);
    await this.passkeys.revokeAll(userId, relyingParty.id, caller);
  }

  @Management('passkeys')
  @Delete(':passkeyId')
  @HttpCode(204)
  @ApiUserId()
  @ApiPasskeyId()
  @ApiOperation({
    summary: "Delete a user's passkey",
    description:
      'Deletes a passkey, also the last one, such as that of a lost device. A user without any can not sign in.',
  })
  @ApiNoContentResponse({ description: 'Deleted.' })
  @ApiErrors(['request.cross_origin', ...MANAGEMENT_ERRORS, 'user.user_not_exist', 'passkey.not_found'])
  async delete(
    @Param('id') id: string,
    @Param('passkeyId') passkeyId: string,
    @RelyingParty() relyingParty: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    const userId = await this.users.idOf(id, relyingParty);
    await this.passkeys.revoke(userId, relyingParty.id, passkeyId, caller);
  }
}
