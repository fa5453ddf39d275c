import { DataSource } from 'typeorm';
import { dataSourceOptions } from '../../../../ormconfig';
import type { Configuration } from '../configuration';
import { EmbeddedPostgres } from './embedded-postgres';
import { migrate } from './migrate';

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
  }: Pick<Configuration, 'databaseUrl' | 'dataDir'>): Promise<Database> {
    const embedded = databaseUrl === undefined ? await EmbeddedPostgres.open(dataDir) : null;
    const location = embedded ?? { url: databaseUrl ?? '' };
    const dataSource = new DataSource(dataSourceOptions(location));
    try {
      await dataSource.initialize();
      return new Database(dataSource, embedded, await migrate(dataSource));
    } catch (error) {
      await new Database(dataSource, embedded).close();
      throw error;
    }
  }

  async close(): Promise<void> {
    if (this.dataSource.isInitialized) await this.dataSource.destroy();
    await this.embedded?.close();
  }
}
