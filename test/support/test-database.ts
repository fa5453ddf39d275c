import type { Database } from '../../apps/identity-server/src/database/database';

/** A database that test servers run on. */
export interface TestDatabase {
  /** Connects to it, and brings its schema up to date. */
  open(): Promise<Database>;
  drop(): Promise<void>;
}
