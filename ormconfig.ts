import { DataSource } from 'typeorm';
import { dataSourceOptions } from './apps/identity-server/src/database/data-source-options';

/** For the TypeORM CLI, which wants a DataSource; it needs DATABASE_URL. The server has the same options. */
export default new DataSource(
  dataSourceOptions({ url: process.env['DATABASE_URL'] ?? 'postgres://localhost' }),
);
