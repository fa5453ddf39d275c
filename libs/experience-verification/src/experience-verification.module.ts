import { type DynamicModule, Module, type ModuleMetadata, type Provider, type Type } from '@nestjs/common';
import { getDataSourceToken, TypeOrmModule } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import { AuditEventsController } from './audit/audit-events.controller';
import { AuditRepository } from './audit/audit.repository';
import { AuditService } from './audit/audit.service';
import { WebhookDeliveries } from './audit/webhook-deliveries.repository';
import { WebhookSender } from './audit/webhook-sender';
import { AuthenticationController } from './authentication/authentication.controller';
import { AuthenticationRepository } from './authentication/authentication.repository';
import { AuthenticationService } from './authentication/authentication.service';
import { StepUpController } from './authentication/step-up.controller';
import { ConnectionErrors } from './connection-errors';
import { experienceVerificationEntities } from './entities';
import {
  type ExperienceVerificationOptions,
  type ExperienceVerificationPorts,
  MODULE_OPTIONS,
  type ResolvedOptions,
  resolveOptions,
} from './experience-verification.options';
import { CookieInteraction } from './interaction/cookie-interaction';
import { IdentificationService } from './interaction/identification.service';
import { InteractionController } from './interaction/interaction.controller';
import { INTERACTION_PROVIDER } from './interaction/interaction.port';
import { InteractionRepository } from './interaction/interaction.repository';
import { Lockouts } from './limits/lockouts.service';
import { PostgresRateLimitStore } from './limits/postgres-rate-limit-store';
import { RATE_LIMIT_STORE } from './limits/rate-limit-store.port';
import { RateLimits } from './limits/rate-limits.service';
import { RedisRateLimitStore } from './limits/redis-rate-limit-store';
import { StoreAccess } from './limits/store-access';
import { ACCOUNT_MESSENGER } from './messages/account-messenger.port';
import { AccountNotices } from './messages/account-notices';
import { CredentialRecordRepository } from './passkeys/credential-record.repository';
import { MyPasskeysController } from './passkeys/my-passkeys.controller';
import { PasskeyProviders } from './passkeys/passkey-providers';
import { PasskeyTransferController } from './passkeys/passkey-transfer.controller';
import { PasskeyTransferService } from './passkeys/passkey-transfer.service';
import { PasskeysService } from './passkeys/passkeys.service';
import { UserPasskeysController } from './passkeys/user-passkeys.controller';
import { MyRecoveryCodesController } from './recovery/my-recovery-codes.controller';
import { PreparedStatements } from './prepared-statements';
import { RecoveryController } from './recovery/recovery.controller';
import { RecoveryRepository } from './recovery/recovery.repository';
import { RecoveryService } from './recovery/recovery.service';
import { AttestationRoots } from './registration/attestation-roots';
import { FidoMetadata } from './registration/fido-metadata';
import { RegistrationController } from './registration/registration.controller';
import { RegistrationRepository } from './registration/registration.repository';
import { RegistrationService } from './registration/registration.service';
import { ConfiguredRelyingParty } from './relying-party/configured-relying-party';
import { RELYING_PARTY_PROVIDER } from './relying-party/relying-party.port';
import { CookieSession } from './session/cookie-session';
import { SessionController } from './session/session.controller';
import { SESSION_PROVIDER } from './session/session.port';
import { SessionsRepository } from './session/sessions.repository';
import { ExpiredRows } from './sweeping/expired-rows.repository';
import { Sweeper } from './sweeping/sweeper.service';
import { MyAccountController } from './users/my-account.controller';
import { USER_DIRECTORY } from './users/user-directory.port';
import { UsersController } from './users/users.controller';
import { UsersRepository } from './users/users.repository';
import { UsersService } from './users/users.service';
import { VerificationRecordRepository } from './verification-record/verification-record.repository';
import { VerificationRecordService } from './verification-record/verification-record.service';

/** Options that come from elsewhere, such as a configuration service. */
export interface ExperienceVerificationAsyncOptions extends Pick<ModuleMetadata, 'imports'> {
  inject?: (Type | string | symbol)[];
  useFactory: (
    ...dependencies: never[]
  ) => ExperienceVerificationOptions | Promise<ExperienceVerificationOptions>;
  ports?: ExperienceVerificationPorts;
}

/**
 * Passkey registration, sign-in and management. The host imports it once, beside `TypeOrmModule.forRoot` with
 * `autoLoadEntities`, and runs `experienceVerificationMigrations`.
 *
 * @example
 * ExperienceVerificationModule.forRoot({
 *   relyingParty: { id: 'example.com', name: 'Example', origins: ['https://example.com'] },
 * })
 */
@Module({})
export class ExperienceVerificationModule {
  /** @throws Error when the options can't work together */
  static forRoot(
    options: ExperienceVerificationOptions,
    ports: ExperienceVerificationPorts = {},
  ): DynamicModule {
    return compose({ provide: MODULE_OPTIONS, useValue: resolveOptions(options) }, ports);
  }

  /** The same, with the options made by a factory. */
  static forRootAsync({
    imports,
    inject,
    useFactory,
    ports = {},
  }: ExperienceVerificationAsyncOptions): DynamicModule {
    const options = {
      provide: MODULE_OPTIONS,
      inject: inject ?? [],
      useFactory: async (...dependencies: never[]) => resolveOptions(await useFactory(...dependencies)),
    };
    return compose(options, ports, imports);
  }
}

const sharedRateLimits: Provider = {
  provide: RATE_LIMIT_STORE,
  inject: [MODULE_OPTIONS, getDataSourceToken()],
  useFactory: ({ limits }: ResolvedOptions, dataSource: DataSource) =>
    limits?.redisUrl === undefined
      ? new PostgresRateLimitStore(dataSource)
      : RedisRateLimitStore.open(limits.redisUrl),
};

function compose(
  options: Provider,
  ports: ExperienceVerificationPorts,
  imports: ModuleMetadata['imports'] = [],
): DynamicModule {
  return {
    module: ExperienceVerificationModule,
    // So that @RequireRecentVerification works in any controller of the host.
    global: true,
    imports: [...imports, TypeOrmModule.forFeature(experienceVerificationEntities)],
    controllers: [
      AuthenticationController,
      StepUpController,
      RegistrationController,
      InteractionController,
      MyAccountController,
      MyPasskeysController,
      MyRecoveryCodesController,
      RecoveryController,
      SessionController,
      UsersController,
      UserPasskeysController,
      PasskeyTransferController,
      AuditEventsController,
    ],
    providers: [
      options,
      ...(ports.providers ?? []),
      { provide: RELYING_PARTY_PROVIDER, useClass: ports.relyingParty ?? ConfiguredRelyingParty },
      { provide: INTERACTION_PROVIDER, useClass: ports.interaction ?? CookieInteraction },
      {
        provide: ACCOUNT_MESSENGER,
        ...(ports.messenger ? { useClass: ports.messenger } : { useValue: null }),
      },
      { provide: SESSION_PROVIDER, useClass: ports.session ?? CookieSession },
      ports.userDirectory
        ? { provide: USER_DIRECTORY, useClass: ports.userDirectory }
        : { provide: USER_DIRECTORY, useExisting: UsersRepository },
      ConnectionErrors,
      PreparedStatements,
      ports.rateLimitStore ? { provide: RATE_LIMIT_STORE, useClass: ports.rateLimitStore } : sharedRateLimits,
      StoreAccess,
      RateLimits,
      Lockouts,
      Sweeper,
      ExpiredRows,
      AuthenticationService,
      AuthenticationRepository,
      RegistrationService,
      RegistrationRepository,
      FidoMetadata,
      AttestationRoots,
      RecoveryService,
      RecoveryRepository,
      AuditService,
      AuditRepository,
      WebhookSender,
      WebhookDeliveries,
      AccountNotices,
      VerificationRecordService,
      VerificationRecordRepository,
      InteractionRepository,
      IdentificationService,
      SessionsRepository,
      PasskeysService,
      PasskeyTransferService,
      PasskeyProviders,
      CredentialRecordRepository,
      UsersService,
      UsersRepository,
    ],
    exports: [MODULE_OPTIONS, RELYING_PARTY_PROVIDER, INTERACTION_PROVIDER, SESSION_PROVIDER, USER_DIRECTORY],
  };
}
