import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PGlite } from '@electric-sql/pglite';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';

/** PostgreSQL in the memory of this process, for tests: nothing of it is left once it is closed. */
export class TemporaryPostgres {
  private constructor(
    private readonly database: PGlite,
    private readonly server: PGLiteSocketServer,
    readonly socketFolder: string,
  ) {}

  static async open(): Promise<TemporaryPostgres> {
    const socketFolder = await mkdtemp(join(tmpdir(), 'passkey-postgres-'));
    const database = await PGlite.create('memory://');
    const server = new PGLiteSocketServer({ db: database, path: join(socketFolder, '.s.PGSQL.5432') });
    await server.start();
    return new TemporaryPostgres(database, server, socketFolder);
  }

  async close(): Promise<void> {
    await this.server.stop();
    await this.database.close();
    await rm(this.socketFolder, { recursive: true, force: true });
  }
}
