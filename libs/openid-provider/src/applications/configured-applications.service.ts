import { Inject, Injectable, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { type AuditEvent, type AuditEventType, AuditService, type RpId } from 'nestjs-passkey-sign-in';
import { DataSource, type EntityManager } from 'typeorm';
import { OPENID_PROVIDER_OPTIONS, type OpenIdProviderOptions } from '../openid-provider.options';
import { ConsentsRepository } from '../consents/consents.repository';
import { PayloadsRepository } from '../storage/payloads.repository';
import type { Application } from '../ports/application';
import { ApplicationsRepository } from './applications.repository';

/** Makes applications what the operator's file says, whichever of several servers starts first. */
@Injectable()
export class ConfiguredApplications implements OnApplicationBootstrap {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(OPENID_PROVIDER_OPTIONS) private readonly options: OpenIdProviderOptions,
    private readonly applications: ApplicationsRepository,
    private readonly consents: ConsentsRepository,
    private readonly payloads: PayloadsRepository,
    private readonly audit: AuditService,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const { applications } = this.options;
    if (!applications) return;
    const events = await this.dataSource.transaction(async (transaction) => {
      await this.applications.lockAll(transaction);
      return [
        ...(await this.end(applications, transaction)),
        ...(await this.save(applications, transaction)),
      ];
    });
    for (const event of events) this.audit.publish(event);
  }

  private async save(applications: Application[], transaction: EntityManager): Promise<AuditEvent[]> {
    const events: AuditEvent[] = [];
    for (const application of applications) {
      if (application.thirdParty && (await this.applications.isOwn(application.id, transaction))) {
        // Nobody was asked: neither what was noted of it nor what it was given is by consent.
        await this.consents.deleteOfApplication(application.id, transaction);
        await this.payloads.deleteOfApplication(application.id, transaction);
      }
      const outcome = await this.applications.saveConfigured(application, transaction);
      if (outcome) events.push(await this.write(`application.${outcome}`, application, transaction));
    }
    return events;
  }

  /** Those that the file has no more. */
  private async end(applications: Application[], transaction: EntityManager): Promise<AuditEvent[]> {
    const ids = applications.map(({ id }) => id);
    const events: AuditEvent[] = [];
    for (const gone of await this.applications.findGone(ids, transaction)) {
      await this.applications.delete(gone.id, transaction);
      await this.consents.deleteOfApplication(gone.id, transaction);
      await this.payloads.deleteOfApplication(gone.id, transaction);
      events.push(await this.write('application.deleted', gone, transaction));
    }
    return events;
  }

  private write(
    type: AuditEventType,
    { id, relyingPartyId }: Pick<Application, 'id' | 'relyingPartyId'>,
    transaction: EntityManager,
  ): Promise<AuditEvent> {
    const about = { type, rpId: relyingPartyId as RpId, userId: null, details: { application: id } };
    return this.audit.write(about, { by: 'configuration' }, transaction);
  }
}
