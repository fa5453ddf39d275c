import { DataSource, type DataSourceOptions } from 'typeorm';
import { EmbeddedPostgres } from './embedded-postgres';
import { TemporaryPostgres } from './temporary-postgres';

/** What TypeORM is told beside where the database is. */
type FurtherOptions = Omit<
  Extract<DataSourceOptions, { type: 'postgres' }>,
  'type' | 'host' | 'url' | 'username' | 'password' | 'database' | 'poolSize' | 'extra'
> & { autoLoadEntities?: boolean };

/**
 * For `TypeOrmModule.forRootAsync`: a connection to the embedded database of a data folder, which is opened with it and
 * closed with it.
 * @param dataDir null: kept in memory alone, for tests
 * @throws DataFolderError when the folder can't be had for this server alone, or its disk has too little room
 *
 * @example
 * TypeOrmModule.forRootAsync(embeddedTypeOrm('data', { autoLoadEntities: true }))
 */
export function embeddedTypeOrm(dataDir: string | null, options: FurtherOptions = {}) {
  let embedded: EmbeddedPostgres | TemporaryPostgres | undefined;
  return {
    useFactory: async () => {
      embedded = await (dataDir === null ? TemporaryPostgres.open() : EmbeddedPostgres.open(dataDir));
      return { installExtensions: false, ...options, ...connectionOf(embedded) };
    },
    dataSourceFactory: async (resolved?: DataSourceOptions): Promise<DataSource> => {
      if (!resolved || !embedded) throw new Error('embeddedTypeOrm: its two functions belong together');
      return closedTogether(await new DataSource(resolved).initialize(), embedded);
    },
  };
}

const connectionOf = ({ socketFolder }: Pick<EmbeddedPostgres, 'socketFolder'>) => ({
  type: 'postgres' as const,
  host: socketFolder,
  username: 'postgres',
  database: 'postgres',
  // It has one session: concurrent work queues for it.
  poolSize: 1,
  connectTimeoutMS: 10_000,
  extra: {
    // The session outlives its connections, and so would the statements that they have prepared.
    onConnect: (client: { query(sql: string): Promise<unknown> }) => client.query('DEALLOCATE ALL'),
  },
});

function closedTogether(dataSource: DataSource, embedded: EmbeddedPostgres | TemporaryPostgres): DataSource {
  const lasting = embedded instanceof EmbeddedPostgres ? embedded : undefined;
  lasting?.maintain(dataSource);
  const destroy = dataSource.destroy.bind(dataSource);
  dataSource.destroy = async () => {
    await lasting?.stopMaintenance();
    await destroy();
    await embedded.close();
  };
  return dataSource;
}
