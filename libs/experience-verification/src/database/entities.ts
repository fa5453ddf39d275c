import { AuditEventRecord } from '../audit/audit-event.entity';
import { WebhookDelivery } from '../audit/webhook-delivery.entity';
import { Interaction } from '../defaults/interaction.entity';
import { FailedAttempts } from '../limits/failed-attempts.entity';
import { RateLimit } from '../limits/rate-limit.entity';
import { Foundation1764000000000 } from './migrations/1764000000000-foundation';
import { PasskeyCapabilities1764100000000 } from './migrations/1764100000000-passkey-capabilities';
import { SparingWrites1764200000000 } from './migrations/1764200000000-sparing-writes';
import { Limits1764300000000 } from './migrations/1764300000000-limits';
import { runOnce } from './run-once';
import { CredentialRecord } from '../passkeys/credential-record.entity';
import { RecoveryCode } from '../recovery/recovery-code.entity';
import { Session } from '../defaults/session.entity';
import { Sweep } from './sweeping/sweep.entity';
import { User } from '../users/user.entity';
import { VerificationRecord } from '../records/verification-record.entity';

/** The module's tables, for a host's DataSource. */
export const experienceVerificationEntities = [
  User,
  CredentialRecord,
  VerificationRecord,
  Interaction,
  Session,
  RecoveryCode,
  AuditEventRecord,
  WebhookDelivery,
  RateLimit,
  FailedAttempts,
  Sweep,
];

/** The module's migrations, in order, for a host's DataSource: for `migrate()`, or for `migrationsRun`. */
export const experienceVerificationMigrations = [
  Foundation1764000000000,
  PasskeyCapabilities1764100000000,
  SparingWrites1764200000000,
  Limits1764300000000,
].map(runOnce);
