import { AdministratorLink } from './administrators/administrator-link.entity';
import { AuditEventRecord } from './audit/audit-event.entity';
import { EndedWebhook } from './audit/ended-webhook.entity';
import { WebhookDelivery } from './audit/webhook-delivery.entity';
import { InteractionRecord } from './defaults/interaction.entity';
import { FailedAttempts } from './limits/failed-attempts.entity';
import { RateLimit } from './limits/rate-limit.entity';
import { entitiesInSchema } from './database/entities-in-schema';
import type { SchemaOptions } from './database/schema.options';
import { CredentialRecord } from './passkeys/credential-record.entity';
import { WaitingMessage } from './messages/waiting-message.entity';
import { DecoySample } from './passkeys/decoy-sample.entity';
import { DeletedCredential } from './passkeys/deleted-credential.entity';
import { Installation } from './database/installation.entity';
import { InstallationSecret } from './database/secrets/installation-secret.entity';
import { Invitation } from './invitations/invitation.entity';
import { RecoveryCode } from './recovery/recovery-code.entity';
import { RecoveryLink } from './recovery/recovery-link.entity';
import { SentCodeCounts } from './recovery/sent-codes.entity';
import { Session } from './defaults/session.entity';
import { Sweep } from './database/sweeping/sweep.entity';
import { UnsettledTenant } from './users/unsettled-tenant.entity';
import { User } from './users/user.entity';
import { UserIdentifier } from './users/user-identifier.entity';
import { VerificationRecord } from './records/verification-record.entity';

const ENTITIES = [
  User,
  UserIdentifier,
  UnsettledTenant,
  CredentialRecord,
  DeletedCredential,
  DecoySample,
  Installation,
  InstallationSecret,
  VerificationRecord,
  InteractionRecord,
  Session,
  RecoveryCode,
  RecoveryLink,
  AdministratorLink,
  Invitation,
  SentCodeCounts,
  AuditEventRecord,
  WebhookDelivery,
  EndedWebhook,
  WaitingMessage,
  RateLimit,
  FailedAttempts,
  Sweep,
];

/**
 * The module's tables, for a host's DataSource: their schema and prefix are said here, and read from here by all else.
 * @throws Error when the options can't be names
 */
export const experienceVerificationEntities = (options: SchemaOptions = {}) =>
  entitiesInSchema(ENTITIES, options);
