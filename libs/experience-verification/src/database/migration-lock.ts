import { Logger } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { isLockTimeout } from './database-availability';
import { MigrationError } from './migration.error';

/** Any number will do, as long as every server takes the same. */
const MIGRATION_LOCK = 7_283_964_105;

/** How long a server waits for another one that migrates, in milliseconds. */
export const MIGRATION_WAIT = 600_000;

/**
 * Lets one server at a time migrate, until the transaction under way ends: a lock of the session would be lost
 * behind a pooler that gives each transaction another session.
 * @param wait in milliseconds
 * @throws MigrationError when another server still holds it by then
 */
export async function takeMigrationLock(queryRunner: QueryRunner, wait = MIGRATION_WAIT): Promise<void> {
  // Changing a large table, or waiting for a server that does, takes its time.
  await queryRunner.query(`SET LOCAL statement_timeout = 0`);
  const [{ taken }] = await queryRunner.manager.query<[{ taken: boolean }]>(
    `SELECT pg_try_advisory_xact_lock($1) AS taken`,
    [MIGRATION_LOCK],
  );
  if (taken) return;
  const seconds = wait / 1000;
  new Logger('Migrations').warn(
    `Another server is migrating the database: waiting for it, at most ${seconds} seconds`,
  );
  await queryRunner.query(`SELECT set_config('lock_timeout', $1, true)`, [String(wait)]);
  try {
    await queryRunner.query(`SELECT pg_advisory_xact_lock($1)`, [MIGRATION_LOCK]);
  } catch (error) {
    if (!isLockTimeout(error)) throw error;
    throw new MigrationError('locked', `another server has been migrating it for ${seconds} seconds`);
  }
  await queryRunner.query(`SET LOCAL lock_timeout TO DEFAULT`);
}
