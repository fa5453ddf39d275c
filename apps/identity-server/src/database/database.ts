import type { Readable } from 'node:stream';
import type { EmbeddedPostgres } from 'nestjs-embedded-postgres';
import { examineMigrations, installationOf, migrate, MigrationError } from 'nestjs-passkey-sign-in';
import { DataSource } from 'typeorm';
import { type DatabaseLocation, dataSourceOptions } from './data-source-options';
import { ServedConnections } from './served-connections';
import { type Configuration, ConfigurationError } from '../configuration';
import { reasonOf } from '../reason';

/** @throws ConfigurationError where DATABASE_URL, which is not set, may have been forgotten */
export function assertEmbeddedIsMeant({
  embeddedIsMeant,
  isDevelopment,
}: Pick<Configuration, 'embeddedIsMeant' | 'isDevelopment'>): void {
  if (embeddedIsMeant || isDevelopment) return;
  throw new ConfigurationError(
    'DATABASE_URL',
    'is not set; DATA_DIR or DATABASE=embedded asks for the embedded database, where that is meant',
  );
}

/** The database, ready to be used: connected and migrated. */
export class Database {
  private constructor(
    readonly dataSource: DataSource,
    private readonly embedded: EmbeddedPostgres | null,
    /** Names of the migrations that this start has run. */
    readonly migrated: string[] = [],
  ) {}

  /** Opens PostgreSQL, served by DATABASE_URL or embedded in DATA_DIR, and brings its schema up to date. */
  static async open({
    databaseUrl,
    dataDir,
    embeddedIsMeant = false,
    isDevelopment = true,
  }: Pick<Configuration, 'databaseUrl' | 'dataDir'> &
    Partial<Pick<Configuration, 'embeddedIsMeant' | 'isDevelopment'>>): Promise<Database> {
    if (databaseUrl !== undefined) return Database.connect({ url: databaseUrl });
    assertEmbeddedIsMeant({ embeddedIsMeant, isDevelopment });
    return Database.connect(await openEmbedded(dataDir));
  }

  /**
   * The same of one that is there already. An embedded one is tidied up and closed with it.
   * @param allowsSilence whether an answer may take as long as it takes
   */
  static async connect(
    location: DatabaseLocation | EmbeddedPostgres,
    allowsSilence = false,
  ): Promise<Database> {
    const embedded = 'close' in location ? location : null;
    const dataSource = new DataSource(dataSourceOptions(location));
    try {
      const served = 'url' in location;
      await initialize(dataSource, served);
      const migrated = await migrate(dataSource).catch((error: unknown) => {
        throw served || error instanceof MigrationError ? named(error) : error;
      });
      const extra: unknown = dataSource.options.extra;
      if (extra instanceof ServedConnections && !allowsSilence) extra.limitSilence();
      embedded?.maintain(dataSource);
      return new Database(dataSource, embedded, migrated);
    } catch (error) {
      await new Database(dataSource, embedded).close();
      throw error;
    }
  }

  /**
   * The embedded database as one file, made while it is in use.
   * @throws Error of a served one: pg_dump is for that
   */
  async backUp(): Promise<Readable> {
    if (!this.embedded) throw new Error('only the embedded database is backed up by its server');
    const { applied } = await examineMigrations(this.dataSource);
    return this.embedded.backUp({ installation: await installationOf(this.dataSource), migrations: applied });
  }

  async close(): Promise<void> {
    await this.embedded?.stopMaintenance();
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    await this.embedded?.close();
  }
}

/** @param served by DATABASE_URL, which its errors name; the driver's messages have no password */
async function initialize(dataSource: DataSource, served: boolean): Promise<void> {
  try {
    await dataSource.initialize();
  } catch (error) {
    throw served && error instanceof Error ? new ConfigurationError('DATABASE_URL', reasonOf(error)) : error;
  }
  const [{ encoding }] = await dataSource.query<[{ encoding: string }]>(
    `SELECT current_setting('server_encoding') AS encoding`,
  );
  if (encoding === 'UTF8') return;
  throw new ConfigurationError(
    'DATABASE_URL',
    `the database's encoding is ${encoding}, which has no place for all names: it must be UTF8`,
  );
}

const named = (error: unknown): ConfigurationError =>
  new ConfigurationError(
    'DATABASE_URL',
    error instanceof MigrationError && error.code === 'missing_rights'
      ? `${error.message}: run \`npm run migration:run\` as its owner first`
      : reasonOf(error),
  );

/** Loaded only where it is used: it is large. */
async function openEmbedded(dataDir: string): Promise<EmbeddedPostgres> {
  const embedded = await import('./embedded-database.ts');
  return embedded.openEmbedded(dataDir);
}
