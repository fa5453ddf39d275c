import { Delete, Get, HttpCode, Param, UseGuards } from '@nestjs/common';
import {
  ApiCookieAuth,
  ApiNoContentResponse,
  ApiOkResponse,
  ApiOperation,
  ApiParam,
  ApiProperty,
} from '@nestjs/swagger';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  ApiController,
  ApiErrors,
  ApiExpectedAccount,
  AuditService,
  Caller,
  type CurrentSession,
  ExperienceException,
  RelyingParty,
  SessionGuard,
  SignedIn,
} from 'nestjs-passkey-sign-in';
import { DataSource } from 'typeorm';
import { ApplicationsRepository } from '../applications/applications.repository';
import { PayloadsRepository } from '../storage/payloads.repository';
import { ConsentsRepository } from './consents.repository';

/** RFC 6749, appendix A.1, but for spaces. */
const CLIENT_ID = /^[\x21-\x7e]{1,2048}$/;

export class MyApplicationDto {
  @ApiProperty({ description: 'The `client_id`.', example: '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607182' })
  id!: string;

  @ApiProperty({ description: 'What it is called.', example: 'Grafana' })
  name!: string;

  @ApiProperty({ type: [String], description: 'What it may see.', example: ['openid', 'profile'] })
  scopes!: string[];

  @ApiProperty({ type: String, format: 'date-time', description: 'When the user first signed in to it.' })
  firstUsedAt!: string;

  @ApiProperty({ type: String, format: 'date-time', description: 'When the user last did, to the minute.' })
  lastUsedAt!: string;
}

@ApiController('api/my-account/applications', 'My account')
@UseGuards(SessionGuard)
@ApiExpectedAccount()
@ApiCookieAuth('session')
export class MyApplicationsController {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly consents: ConsentsRepository,
    private readonly applications: ApplicationsRepository,
    private readonly payloads: PayloadsRepository,
    private readonly audit: AuditService,
  ) {}

  @Get()
  @ApiOperation({
    summary: 'List my applications',
    description: 'Those that the user has signed in to, the latest first.',
  })
  @ApiOkResponse({ type: [MyApplicationDto], description: 'The applications.' })
  @ApiErrors(['auth.unauthorized', 'session.account_mismatch'])
  async list(
    @SignedIn() { userId }: CurrentSession,
    @RelyingParty() { id: rpId }: RelyingParty,
  ): Promise<MyApplicationDto[]> {
    const consents = await this.consents.list(userId);
    const ids = consents.map(({ applicationId }) => applicationId);
    const names = await this.applications.namesOf(rpId, ids);
    return consents.map(({ applicationId, scopes, firstUsedAt, lastUsedAt }) => ({
      ...{ id: applicationId, name: names.get(applicationId) ?? applicationId, scopes },
      firstUsedAt: firstUsedAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
    }));
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
  async disconnect(
    @SignedIn() { userId }: CurrentSession,
    @Param('id') id: string,
    @RelyingParty() { id: rpId }: RelyingParty,
    @Caller() caller: Caller,
  ): Promise<void> {
    if (!CLIENT_ID.test(id)) throw new ExperienceException('application.not_found');
    const event = await this.dataSource.transaction(async (transaction) => {
      if (!(await this.consents.delete(userId, id, transaction))) {
        throw new ExperienceException('application.not_found');
      }
      await this.payloads.deleteOfUser(userId, id, transaction);
      const revoked = { type: 'token.revoked' as const, rpId, userId, details: { application: id } };
      return this.audit.write(revoked, caller, transaction);
    });
    this.audit.publish(event);
  }
}
