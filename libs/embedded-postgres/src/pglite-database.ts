import { fsyncSync } from 'node:fs';
import { PGlite } from '@electric-sql/pglite';
import { NodeFS } from '@electric-sql/pglite/nodefs';

/** What is used of Emscripten's folders: they are not in its types. */
interface Folders {
  filesystems: {
    NODEFS: {
      stream_ops: {
        write: (...parameters: unknown[]) => number;
        /** Without one, PostgreSQL is told that it was flushed. */
        fsync?: (stream: { nfd: number }) => number;
      };
    };
  };
}

/** PGlite's, but for its `-F`, which turns flushing off; and the one way to flush that reaches `fsync` above. */
const START_PARAMETERS = [
  ...PGlite.defaultStartParams.filter((parameter) => parameter !== '-F'),
  ...['-c', 'wal_sync_method=fsync'],
];

/** A data folder that can be flushed, and that tells when it could not be written or PostgreSQL gave up. */
class WatchedFolder extends NodeFS {
  onFailure: (reason: string) => void = () => undefined;

  override async init(...parameters: Parameters<NodeFS['init']>) {
    const { emscriptenOpts } = await super.init(...parameters);
    const watch = (module: PGlite['Module']) => {
      const { stream_ops: operations } = (module.FS as unknown as Folders).filesystems.NODEFS;
      const { write } = operations;
      const watched = (operation: () => number): number => {
        try {
          return operation();
        } catch (error) {
          this.onFailure('its folder could not be written');
          throw error;
        }
      };
      operations.write = (...call) => watched(() => write(...call));
      operations.fsync = ({ nfd }) =>
        watched(() => {
          fsyncSync(nfd);
          return 0;
        });
    };
    const onAbort = () => {
      this.onFailure('PostgreSQL gave up');
    };
    return {
      emscriptenOpts: { ...emscriptenOpts, onAbort, preRun: [...(emscriptenOpts.preRun ?? []), watch] },
    };
  }
}

/**
 * After a PANIC of PostgreSQL, PGlite would go on in a state that answers wrongly. This one does nothing more
 * from its first failure on, as if its process had been killed: what it has acknowledged is in its log, flushed.
 */
export class PGliteDatabase extends PGlite {
  /** Resolves with the reason if it fails. */
  readonly failure: Promise<string>;
  private failed = false;

  private constructor(folder: string) {
    const watched = new WatchedFolder(folder);
    super({ fs: watched, startParams: START_PARAMETERS });
    this.failure = new Promise((resolve) => {
      watched.onFailure = (reason) => {
        this.failed = true;
        resolve(reason);
      };
    });
  }

  /** Opens the database of this folder, made when there is none. */
  static async open(folder: string): Promise<PGliteDatabase> {
    const database = new PGliteDatabase(folder);
    try {
      await database.waitReady;
      database.assertWorking();
      return database;
    } catch (error) {
      await database.discard();
      throw error;
    }
  }

  override execProtocolRawSync(message: Uint8Array): Uint8Array {
    this.assertWorking();
    const answer = super.execProtocolRawSync(message);
    this.assertWorking();
    return answer;
  }

  override isInTransaction(): boolean {
    return !this.failed && super.isInTransaction();
  }

  /** Closes its files, and nothing more. */
  async discard(): Promise<void> {
    this.failed = true;
    try {
      await this.fs?.closeFs();
    } catch {
      // It never came to open them.
    }
  }

  private assertWorking(): void {
    if (this.failed) throw new Error('the database has failed');
  }
}
