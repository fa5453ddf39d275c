import {
  type DynamicModule,
  Module,
  type ModuleMetadata,
  type NestModule,
  type Provider,
} from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { routeGroupOf } from './api/api-controller.decorator';
import { MountedRoutes } from './api/mounted-routes';
import { copyOf } from './api/placed-controller';
import { resolveRouteOptions, ROUTE_OPTIONS } from './api/route-options';
import { databasePart } from './database/database.part';
import { experienceVerificationEntities } from './experience-verification.entities';
import { portsPart } from './defaults/ports.part';
import {
  type ExperienceVerificationOptions,
  type ExperienceVerificationPorts,
  MODULE_OPTIONS,
  resolveOptions,
  type ExperienceVerificationAsyncOptions,
  type StaticOptions,
} from './experience-verification.options';
import { EXPORTS, PARTS } from './module-parts';
import { WebAuthnService } from './webauthn.service';

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
export class ExperienceVerificationModule implements NestModule {
  constructor(private readonly routes: MountedRoutes) {}

  /** Nest calls it before it makes the routes, once the host has said all that they depend on. */
  configure(): void {
    this.routes.mount(ExperienceVerificationModule);
  }

  /** @throws Error when the options can't work together */
  static forRoot(
    { schema, tablePrefix, adapters, prefix, without, ...options }: ExperienceVerificationOptions,
    ports: ExperienceVerificationPorts = {},
  ): DynamicModule {
    return compose({ provide: MODULE_OPTIONS, useValue: resolveOptions(options) }, ports, {
      schema,
      tablePrefix,
      adapters,
      prefix,
      without,
    });
  }

  /** The same, with the options made by a factory. */
  static forRootAsync({
    imports,
    inject,
    useFactory,
    ports = {},
    ...whatIsStatic
  }: ExperienceVerificationAsyncOptions): DynamicModule {
    const options = {
      provide: MODULE_OPTIONS,
      inject: inject ?? [],
      useFactory: async (...dependencies: never[]) => resolveOptions(await useFactory(...dependencies)),
    };
    return compose(options, ports, whatIsStatic, imports);
  }
}

function compose(
  options: Provider,
  ports: ExperienceVerificationPorts,
  { schema, tablePrefix, adapters = [], ...routes }: StaticOptions,
  imports: ModuleMetadata['imports'] = [],
): DynamicModule {
  const tables = { schema, tablePrefix };
  const routeOptions = resolveRouteOptions(routes);
  // Of two providers of one token the later one counts: a host's port is after the module's own.
  const parts = [...PARTS, databasePart(tables), portsPart(ports), ...adapters];
  return {
    module: ExperienceVerificationModule,
    // So that @RequireRecentVerification works in any controller of the host.
    global: true,
    imports: [...imports, TypeOrmModule.forFeature(experienceVerificationEntities(tables))],
    controllers: parts
      .flatMap(({ controllers }) => controllers ?? [])
      .filter((controller) => !routeOptions.without.has(routeGroupOf(controller)))
      .map(copyOf),
    providers: [
      options,
      { provide: ROUTE_OPTIONS, useValue: routeOptions },
      WebAuthnService,
      ...parts.flatMap(({ providers }) => providers),
    ],
    exports: EXPORTS,
  };
}
