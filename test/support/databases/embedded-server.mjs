/**
 * PostgreSQL in memory, in a process of its own, over a Unix socket in the folder that is its argument. It says so when
 * it can be connected to, and ends with whoever started it.
 */
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

const [folder] = process.argv.slice(2);
process.stdin.on('end', () => process.exit()).resume();
const db = await PGlite.create('memory://');
await new PGLiteSocketServer({ db, path: join(folder, '.s.PGSQL.5432'), maxConnections: 20 }).start();
process.stdout.write('ready\n');
