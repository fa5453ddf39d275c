import { type DynamicModule, Module, type NestModule } from '@nestjs/common';
import { MountedRoutes } from './api/mounted-routes';
import {
  type ExperienceVerificationOptions,
  type ExperienceVerificationPorts,
  MODULE_OPTIONS,
  resolveOptions,
  type ExperienceVerificationAsyncOptions,
} from './experience-verification.options';
import { compose } from './module-parts';

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
    const resolved = { provide: MODULE_OPTIONS, useValue: resolveOptions(options) };
    return compose(ExperienceVerificationModule, resolved, ports, {
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
    return compose(ExperienceVerificationModule, options, ports, whatIsStatic, imports);
  }
}
