import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  AuditService,
  type Caller,
  ExperienceException,
  type RpId,
  type UserId,
} from 'nestjs-passkey-sign-in';
import { DataSource } from 'typeorm';
import { ConsentsRepository } from '../consents/consents.repository';
import { PayloadsRepository } from '../storage/payloads.repository';
import { ApplicationsRepository } from './applications.repository';
import type { MyApplicationDto } from './my-application.dto';

/** RFC 6749, appendix A.1, but for spaces. */
const CLIENT_ID = /^[\x21-\x7e]{1,2048}$/;

/** Applications that a user has signed in to. */
@Injectable()
export class MyApplicationsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly consents: ConsentsRepository,
    private readonly applications: ApplicationsRepository,
    private readonly payloads: PayloadsRepository,
    private readonly audit: AuditService,
  ) {}

  async list(userId: UserId, rpId: RpId): Promise<MyApplicationDto[]> {
    const consents = await this.consents.list(userId);
    const ids = consents.map(({ applicationId }) => applicationId);
    const names = await this.applications.namesOf(rpId, ids);
    return consents.map(({ applicationId, scopes, firstUsedAt, lastUsedAt }) => ({
      ...{ id: applicationId, name: names.get(applicationId) ?? applicationId, scopes },
      firstUsedAt: firstUsedAt.toISOString(),
      lastUsedAt: lastUsedAt.toISOString(),
    }));
  }

  /** @throws ExperienceException `application.not_found` */
  async disconnect(id: string, userId: UserId, rpId: RpId, caller: Caller): Promise<void> {
    if (!CLIENT_ID.test(id)) throw new ExperienceException('application.not_found');
    const event = await this.dataSource.transaction(async (transaction) => {
      await this.payloads.lockUser(userId, transaction);
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
