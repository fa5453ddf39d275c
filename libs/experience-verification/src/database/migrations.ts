import type { MigrationInterface } from 'typeorm';
import { Foundation1764000000000 } from './migrations/1764000000000-foundation';
import { PasskeyCapabilities1764100000000 } from './migrations/1764100000000-passkey-capabilities';
import { SparingWrites1764200000000 } from './migrations/1764200000000-sparing-writes';
import { Limits1764300000000 } from './migrations/1764300000000-limits';
import { UserIdentifiers1764400000000 } from './migrations/1764400000000-user-identifiers';
import { Proofs1764500000000 } from './migrations/1764500000000-proofs';
import { OrderAndOrigin1764600000000 } from './migrations/1764600000000-order-and-origin';
import { KnownDeletions1764700000000 } from './migrations/1764700000000-known-deletions';
import { OriginsOfSessions1764800000000 } from './migrations/1764800000000-origins-of-sessions';
import { AttestedModels1764900000000 } from './migrations/1764900000000-attested-models';
import { SentCodes1765100000000 } from './migrations/1765100000000-sent-codes';
import { LookAlikes1765150000000 } from './migrations/1765150000000-look-alikes';
import { Tenants1765200000000 } from './migrations/1765200000000-tenants';
import { DecoySamples1765210000000 } from './migrations/1765210000000-decoy-samples';
import { SessionsByPublicId1765300000000 } from './migrations/1765300000000-sessions-by-public-id';
import { InstallationSecrets1765305000000 } from './migrations/1765305000000-installation-secrets';
import { RecoveryLinks1765306000000 } from './migrations/1765306000000-recovery-links';
import { Administrators1765307000000 } from './migrations/1765307000000-administrators';
import { Invitations1765308000000 } from './migrations/1765308000000-invitations';
import { WaitingMessages1765309000000 } from './migrations/1765309000000-waiting-messages';
import { TypesOfAddresses1765309100000 } from './migrations/1765309100000-types-of-addresses';

/** In order. */
export const MIGRATIONS = [
  Foundation1764000000000,
  PasskeyCapabilities1764100000000,
  SparingWrites1764200000000,
  Limits1764300000000,
  UserIdentifiers1764400000000,
  Proofs1764500000000,
  OrderAndOrigin1764600000000,
  KnownDeletions1764700000000,
  OriginsOfSessions1764800000000,
  AttestedModels1764900000000,
  SentCodes1765100000000,
  LookAlikes1765150000000,
  Tenants1765200000000,
  DecoySamples1765210000000,
  SessionsByPublicId1765300000000,
  InstallationSecrets1765305000000,
  RecoveryLinks1765306000000,
  Administrators1765307000000,
  Invitations1765308000000,
  WaitingMessages1765309000000,
  TypesOfAddresses1765309100000,
];

/** The module's migrations, for TypeORM's `migrationsRun` and CLI; `migrate()` knows them. */
export const experienceVerificationMigrations: (new () => MigrationInterface)[] = MIGRATIONS;
