import { readConfiguration } from '../configuration';
import { Database } from './database';

/** `npm run migration:run`: brings the schema up to date and says what it did. */
async function run(): Promise<void> {
  const database = await Database.open(readConfiguration(process.env));
  await database.close();
  console.log(
    database.migrated.length > 0 ? `Migrated: ${database.migrated.join(', ')}` : 'Nothing to migrate.',
  );
}

run().catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
