import { type DynamicModule, Module, type ModuleMetadata, type Provider, type Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { apiPart } from './api/api.part';
import { Exchanges } from './api/exchanges.service';
import { attemptsPart } from './attempts/attempts.part';
import { auditPart } from './audit/audit.part';
import { authenticationPart } from './authentication/authentication.part';
import { databasePart } from './database/database.part';
import { experienceVerificationEntities, type SchemaOptions } from './experience-verification.entities';
import { portsPart } from './defaults/ports.part';
import {
  type ExperienceVerificationOptions,
  type ExperienceVerificationPorts,
  MODULE_OPTIONS,
  resolveOptions,
} from './experience-verification.options';
import { interactionPart } from './interaction/interaction.part';
import { limitsPart } from './limits/limits.part';
import { passkeysPart } from './passkeys/passkeys.part';
import { INTERACTION_PROVIDER } from './ports/interaction.port';
import { RELYING_PARTY_PROVIDER } from './ports/relying-party.port';
import { SESSION_PROVIDER } from './ports/session.port';
import { USER_DIRECTORY } from './ports/user-directory.port';
import { recordsPart } from './records/records.part';
import { recoveryPart } from './recovery/recovery.part';
import { registrationPart } from './registration/registration.part';
import { sessionPart } from './session/session.part';
import { Sessions } from './session/sessions.service';
import { usersPart } from './users/users.part';
import { UsersService } from './users/users.service';
import { WebAuthnService } from './webauthn.service';

/** The schema is needed before anything is made: `forRootAsync` takes it beside the factory. */
type OptionsButSchema = Omit<ExperienceVerificationOptions, 'schema'>;

/** Options that come from elsewhere, such as a configuration service. */
export interface ExperienceVerificationAsyncOptions extends Pick<ModuleMetadata, 'imports'>, SchemaOptions {
  inject?: (Type | string | symbol)[];
  useFactory: (...dependencies: never[]) => OptionsButSchema | Promise<OptionsButSchema>;
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
    { schema, ...options }: ExperienceVerificationOptions,
    ports: ExperienceVerificationPorts = {},
  ): DynamicModule {
    return compose({ provide: MODULE_OPTIONS, useValue: resolveOptions(options) }, ports, schema);
  }

  /** The same, with the options made by a factory. */
  static forRootAsync({
    imports,
    inject,
    useFactory,
    ports = {},
    schema,
  }: ExperienceVerificationAsyncOptions): DynamicModule {
    const options = {
      provide: MODULE_OPTIONS,
      inject: inject ?? [],
      useFactory: async (...dependencies: never[]) => resolveOptions(await useFactory(...dependencies)),
    };
    return compose(options, ports, schema, imports);
  }
}

const PARTS = [
  apiPart,
  authenticationPart,
  registrationPart,
  interactionPart,
  sessionPart,
  recoveryPart,
  passkeysPart,
  usersPart,
  auditPart,
  attemptsPart,
  recordsPart,
  limitsPart,
];

function compose(
  options: Provider,
  ports: ExperienceVerificationPorts,
  schema: string | undefined,
  imports: ModuleMetadata['imports'] = [],
): DynamicModule {
  // Of two providers of one token the later one counts: a host's port is after the module's own.
  const parts = [...PARTS, databasePart(schema), portsPart(ports)];
  return {
    module: ExperienceVerificationModule,
    // So that @RequireRecentVerification works in any controller of the host.
    global: true,
    imports: [...imports, TypeOrmModule.forFeature(experienceVerificationEntities({ schema }))],
    controllers: parts.flatMap(({ controllers }) => controllers ?? []),
    providers: [options, WebAuthnService, ...parts.flatMap(({ providers }) => providers)],
    exports: [
      Exchanges,
      MODULE_OPTIONS,
      WebAuthnService,
      RELYING_PARTY_PROVIDER,
      INTERACTION_PROVIDER,
      SESSION_PROVIDER,
      Sessions,
      USER_DIRECTORY,
      UsersService,
    ],
  };
}
