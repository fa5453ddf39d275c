import { setTimeout as pause } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { QueryRunner } from 'typeorm';
import { MigrationError } from './migration.error';
import { isLockTimeout } from './database-availability';

/** Milliseconds for which a migration waits for a table: whoever wants it as well waits behind for as long. */
const PATIENCE = 100;

/** Milliseconds in which those who had to wait are served, before it is tried again. */
const PAUSE = 1_000;

/** Has the transaction under way fail, rather than hold up others, where a table is in use. */
export async function giveWayToOthers(queryRunner: QueryRunner): Promise<void> {
  await queryRunner.query(`SET LOCAL lock_timeout = ${PATIENCE}`);
}

/**
 * Runs a transaction that gives way, again and again while it has to.
 * @param wait in milliseconds
 * @throws MigrationError when it still has to by then
 */
export async function tryAgainWhileInUse<T>(transaction: () => Promise<T>, wait: number): Promise<T> {
  const deadline = performance.now() + wait;
  const seconds = wait / 1000;
  for (let tries = 1; ; tries += 1) {
    try {
      return await transaction();
    } catch (error) {
      if (!isLockTimeout(error)) throw error;
      if (performance.now() >= deadline) {
        throw new MigrationError('locked', `what is to be migrated has been in use for ${seconds} seconds`);
      }
    }
    if (tries === 1) {
      new Logger('Migrations').warn(
        `What is to be migrated is in use: trying again, for at most ${seconds} seconds`,
      );
    }
    await pause(PAUSE);
  }
}
