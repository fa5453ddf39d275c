import { constants, existsSync } from 'node:fs';
import { access, chmod, cp, mkdir, readdir, rm, stat, statfs, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Readable } from 'node:stream';
import { setTimeout as sleep } from 'node:timers/promises';
import { PGLiteSocketServer } from '@electric-sql/pglite-socket';
import { Logger } from '@nestjs/common';
import { DATABASE_FOLDER, filesBeside, packBackup } from './backup';
import { DataFolderError } from './data-folder.error';
import { lockDataFolder } from './data-folder-lock';
import { EmbeddedMaintenance, type Session } from './embedded-maintenance';
import { makeDataFolder } from './new-data-folder';
import { PGliteDatabase } from './pglite-database';
import { makeSocketFolder, SOCKET } from './socket-folder';

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
  private backingUp = false;

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
    const socketFolder = await makeSocketFolder(dataDir).catch(async (error: unknown) => {
      await lock.release();
      throw error;
    });
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

  /**
   * The database as it is at this moment, as one file. Statements wait while its files are copied on their disk, which
   * needs room for them; it is read and compressed afterwards.
   * @param about what the backup is to say of itself
   * @throws DataFolderError when another backup is under way, or the disk has too little room
   */
  async backUp(about: Record<string, unknown>): Promise<Readable> {
    const { serving } = this;
    if (!serving) throw new DataFolderError(`the database in ${this.dataDir} has failed`);
    if (this.backingUp) throw new DataFolderError('another backup is under way');
    this.backingUp = true;
    const copy = join(this.dataDir, 'backup');
    const end = () => {
      this.backingUp = false;
      void rm(copy, { recursive: true, force: true });
    };
    try {
      await rm(copy, { recursive: true, force: true });
      const [room, needed] = [await this.room(), (await sizeOf(this.folder)) + ROOM_MB];
      if (room < needed) {
        throw new DataFolderError(
          `${this.dataDir} has ${Math.floor(room)} MB of room, and a backup needs ${Math.ceil(needed)}`,
        );
      }
      await mkdir(copy, { mode: 0o700 });
      await serving.database.runExclusive(() =>
        cp(this.folder, join(copy, DATABASE_FOLDER), { recursive: true, mode: constants.COPYFILE_FICLONE }),
      );
      for (const { name, content } of await filesBeside(this.dataDir)) {
        await writeFile(join(copy, name), content, { mode: 0o600 });
      }
      return await packBackup(copy, about, end);
    } catch (error) {
      end();
      throw error;
    }
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
    return join(this.dataDir, DATABASE_FOLDER);
  }

  /** Megabytes that may be written. */
  private async room(): Promise<number> {
    const { bavail, bsize } = await statfs(this.dataDir);
    return (bavail * bsize) / 1_048_576;
  }

  private async serve(): Promise<void> {
    const database = await PGliteDatabase.open(this.folder);
    const path = join(this.socketFolder, SOCKET);
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

/** Megabytes that a folder's files have. */
async function sizeOf(folder: string): Promise<number> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true });
  const sizes = entries.map(({ parentPath, name }) =>
    stat(join(parentPath, name)).then(
      ({ size }) => size,
      () => 0,
    ),
  );
  return (await Promise.all(sizes)).reduce((sum, size) => sum + size, 0) / 1_048_576;
}

async function ownFolder(folder: string): Promise<void> {
  try {
    await mkdir(folder, { recursive: true, mode: 0o700 });
    // One that was there may be open to others: it holds secrets.
    await chmod(folder, 0o700).catch((error: unknown) => requireWritable(folder, error));
  } catch (error) {
    throw new DataFolderError(`${folder} can't be used: ${(error as Error).message}`);
  }
}

/** A volume may be another's, and this user of a group that may write it: what is put there is closed to others by itself. */
async function requireWritable(folder: string, refusal: unknown): Promise<void> {
  if ((refusal as NodeJS.ErrnoException).code !== 'EPERM') throw refusal;
  await access(folder, constants.W_OK | constants.X_OK);
}
