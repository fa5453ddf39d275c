import { existsSync } from 'node:fs';
import { chmod, mkdir, mkdtemp, open, readdir, rename, rm, statfs } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { Logger } from '@nestjs/common';
import { DataFolderError } from './data-folder.error';
import { lockDataFolder } from './data-folder-lock';
import { EmbeddedMaintenance, type Session } from './embedded-maintenance';
import { PGliteDatabase } from './pglite-database';

/** Room without which the database is not opened, and what making it takes besides. Megabytes. */
const ROOM_MB = 32;
const NEW_DATABASE_MB = 48;

/** Between two turns of tidying up. */
const MAINTENANCE_MS = 60_000;

/** Between two attempts to open a database that has failed. */
const RETRY_MS = 1_000;

/**
 * PostgreSQL inside this process, its data in a folder. When it fails, as on a full disk, it refuses its
 * connections until it could be opened again.
 */
export class EmbeddedPostgres {
  private readonly logger = new Logger(EmbeddedPostgres.name);
  private readonly closing = new AbortController();
  private serving: { database: PGliteDatabase; server: PGLiteSocketServer } | null = null;
  private reopened: Promise<void> = Promise.resolve();
  private maintenance: EmbeddedMaintenance | null = null;

  private constructor(
    private readonly dataDir: string,
    /** Folder of the Unix socket on which it takes connections of the `pg` driver. */
    readonly socketFolder: string,
    private readonly lock: { release(): Promise<void> },
  ) {}

  /**
   * Opens the database of a data folder, made at the first start.
   * @throws DataFolderError when the folder can't be had for this server alone, or its disk has too little room
   */
  static async open(dataDir: string): Promise<EmbeddedPostgres> {
    await ownFolder(dataDir);
    const lock = await lockDataFolder(dataDir);
    const socketFolder = await mkdtemp(join(tmpdir(), 'passkey-postgres-'));
    const embedded = new EmbeddedPostgres(dataDir, socketFolder, lock);
    try {
      const isNew = !existsSync(embedded.folder);
      const needed = isNew ? ROOM_MB + NEW_DATABASE_MB : ROOM_MB;
      const room = await embedded.room();
      if (room < needed) {
        throw new DataFolderError(`${dataDir} has ${Math.floor(room)} MB of room, and needs ${needed}`);
      }
      if (isNew) await makeDataFolder(embedded.folder);
      await embedded.serve();
      return embedded;
    } catch (error) {
      await embedded.close();
      throw error;
    }
  }

  /** Tidies up each minute from now on, through the connection of its one session. */
  maintain(session: Session): void {
    this.maintenance = new EmbeddedMaintenance(session, MAINTENANCE_MS);
  }

  /** To be called before that connection is closed: a turn that was begun ends first. */
  async stopMaintenance(): Promise<void> {
    await this.maintenance?.stop();
  }

  async close(): Promise<void> {
    this.closing.abort();
    await this.reopened;
    await this.serving?.server.stop();
    await this.serving?.database.close();
    await rm(this.socketFolder, { recursive: true, force: true });
    await this.lock.release();
  }

  private get folder(): string {
    return join(this.dataDir, 'postgres');
  }

  /** Megabytes that may be written. */
  private async room(): Promise<number> {
    const { bavail, bsize } = await statfs(this.dataDir);
    return (bavail * bsize) / 1_048_576;
  }

  private async serve(): Promise<void> {
    const database = await PGliteDatabase.open(this.folder);
    const path = join(this.socketFolder, '.s.PGSQL.5432');
    const server = new PGLiteSocketServer({ db: database, path });
    await server.start();
    this.serving = { database, server };
    void database.failure.then((reason) => {
      if (!this.closing.signal.aborted) this.reopened = this.reopen(reason);
    });
  }

  private async reopen(reason: string): Promise<void> {
    this.logger.error(
      `The database in ${this.dataDir} has failed: ${reason}. It is opened again once there are ${ROOM_MB} MB of room.`,
    );
    await this.serving?.server.stop();
    await this.serving?.database.discard();
    this.serving = null;
    const { signal } = this.closing;
    for (;;) {
      await sleep(RETRY_MS, undefined, { signal, ref: false }).catch(() => undefined);
      if (signal.aborted) return;
      if ((await this.room()) < ROOM_MB) continue;
      try {
        await this.serve();
        this.logger.warn(`The database in ${this.dataDir} is open again.`);
        return;
      } catch (error) {
        this.logger.error(`The database in ${this.dataDir} could not be opened: ${String(error)}`);
      }
    }
  }
}

async function ownFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // One that was there may be open to others: it holds secrets.
    await chmod(folder, 0o700);
  } catch (error) {
    throw new DataFolderError(`${folder} can't be used: ${(error as Error).message}`);
  }
}

/** Under another name until it is whole: a server that is killed meanwhile leaves nothing that does not open. */
async function makeDataFolder(folder: string): Promise<void> {
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  const database = await PGliteDatabase.open(unfinished);
  await database.close();
  await flush(unfinished);
  await rename(unfinished, folder);
}

/** PostgreSQL flushes what it writes; these files were copied. */
async function flush(folder: string): Promise<void> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const paths = entries.map(({ parentPath, name }) => join(parentPath, name));
  for (const path of [...paths, folder]) {
    const file = await open(path);
    await file.sync();
    await file.close();
  }
}
