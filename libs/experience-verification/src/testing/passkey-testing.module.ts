import { type DynamicModule, Module } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import type { DataSourceOptions } from 'typeorm';
import { experienceVerificationMigrations } from '../database/migrations';
import { ExperienceVerificationModule } from '../experience-verification.module';
import type {
  ExperienceVerificationOptions,
  ExperienceVerificationPorts,
} from '../experience-verification.options';

/**
 * The module with a database of its own, for tests of a host's controllers: a `TestBrowser` signs in at once. The database is
 * PostgreSQL in the process (`nestjs-embedded-postgres`, which the host installs), and gone when the application closes.
 *
 * @example
 * const testing = await Test.createTestingModule({
 *   imports: [PasskeyTestingModule.forRoot()],
 *   controllers: [OrdersController],
 * }).compile();
 * const app = testing.createNestApplication();
 * await app.listen(0);
 * await new TestBrowser(await app.getUrl()).signUp({ type: 'username', value: 'alice' });
 */
@Module({})
export class PasskeyTestingModule {
  /** @param options that differ from `localhost` at `http://localhost:3000`, without limits */
  static forRoot(
    options: Partial<ExperienceVerificationOptions> = {},
    ports?: ExperienceVerificationPorts,
  ): DynamicModule {
    return {
      module: PasskeyTestingModule,
      imports: [
        TypeOrmModule.forRootAsync(temporaryDatabase()),
        ExperienceVerificationModule.forRoot(
          {
            relyingParty: { id: 'localhost', name: 'Test', origins: ['http://localhost:3000'] },
            limits: 'off',
            ...options,
          },
          ports,
        ),
      ],
    };
  }
}

const TABLES = { autoLoadEntities: true, migrations: experienceVerificationMigrations, migrationsRun: true };

/** For `TypeOrmModule.forRootAsync`, whose factories Nest calls in this order. */
function temporaryDatabase() {
  let database: Awaited<ReturnType<typeof inMemory>>;
  return {
    useFactory: async () => {
      database = await inMemory();
      return database.useFactory();
    },
    dataSourceFactory: (resolved?: DataSourceOptions) => database.dataSourceFactory(resolved),
  };
}

/** Loaded by those alone who use it: a host that has a database of its own has no use for the package. */
const inMemory = async () => (await import('nestjs-embedded-postgres')).embeddedTypeOrm(null, TABLES);
