import type { ModulePart } from '../module-part';
import { AccountNotices } from './account-notices';
import { AuditEventsController } from './audit-events.controller';
import { AuditRepository } from './audit.repository';
import { AuditService } from './audit.service';
import { WebhookDeliveries } from './webhook-deliveries.repository';
import { WebhookSender } from './webhook-sender';

export const auditPart: ModulePart = {
  controllers: [AuditEventsController],
  providers: [AuditService, AuditRepository, WebhookSender, WebhookDeliveries, AccountNotices],
};
