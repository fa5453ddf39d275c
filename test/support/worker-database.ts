import { DataSource } from 'typeorm';
import {
  type DatabaseLocation,
  dataSourceOptions,
} from '../../apps/identity-server/src/database/data-source-options';
import { Database } from '../../apps/identity-server/src/database/database';
import type { TestDatabase } from './test-database';

export interface WorkerDatabase extends TestDatabase {
  location: DatabaseLocation;
}

/**
 * All but what says which migrations were run. Few tables hold anything: to empty those row by row takes a tenth of the
 * time of TRUNCATE, which makes new files for every table and index.
 */
const EMPTY_TABLES = `
  DO $$ DECLARE
    named text;
  BEGIN
    SET LOCAL session_replication_role = replica;
    FOR named IN
      SELECT format('%I.%I', schemaname, tablename)
        FROM pg_tables
       WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
         AND tablename !~ '(migrations|applied_expansions)$' AND tablename <> 'installations'
    LOOP
      EXECUTE 'DELETE FROM ' || named;
    END LOOP;
  END $$`;

const DROP_SCHEMAS = `
  DO $$ BEGIN
    EXECUTE (
      SELECT string_agg(format('DROP SCHEMA %I CASCADE;', nspname), '') || 'CREATE SCHEMA public'
        FROM pg_namespace
       WHERE nspname NOT LIKE 'pg\\_%' AND nspname <> 'information_schema'
    );
  END $$`;

/** Where the database of this worker is: the spec files that it runs share it, one after the other. */
function ownLocation(): DatabaseLocation {
  const locations = JSON.parse(process.env['TEST_DATABASES'] ?? '{}') as Record<string, DatabaseLocation>;
  const own = locations[process.env['JEST_WORKER_ID'] ?? ''];
  if (!own) throw new Error('there is no database for this worker: see databases/start.cjs');
  return own;
}

/** The worker's database, emptied. */
export async function emptyDatabase(): Promise<WorkerDatabase> {
  const database = sharedDatabase();
  const { dataSource, close } = await connectTo(database);
  await dataSource.query(EMPTY_TABLES);
  await close();
  return database;
}

/** The worker's database with what it holds. */
export function sharedDatabase(): WorkerDatabase {
  const location = ownLocation();
  return { location, open: () => Database.connect(location), drop: () => Promise.resolve() };
}

/** The worker's database without a schema, for tests of the migrations. */
export async function blankDatabase(): Promise<WorkerDatabase> {
  const dropSchemas = async () => {
    const { dataSource, close } = await connectTo(database);
    await dataSource.query(DROP_SCHEMAS);
    await close();
  };
  const database = { ...sharedDatabase(), drop: dropSchemas };
  await dropSchemas();
  return database;
}

async function connectTo({ location }: WorkerDatabase) {
  const dataSource = await new DataSource(dataSourceOptions(location)).initialize();
  return { dataSource, close: () => dataSource.destroy() };
}
