import { createHash } from 'node:crypto';
import { createReadStream, createWriteStream } from 'node:fs';
import { mkdir, readdir, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname, join, relative, sep } from 'node:path';
import { PassThrough, type Readable, Transform } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createGunzip, createGzip } from 'node:zlib';
import { type Header, extract, pack } from 'tar-stream';
import { DataFolderError } from './data-folder.error';
import { lockDataFolder } from './data-folder-lock';
import { flush, flushEntry } from './flush';

/** What a backup says of itself: the first file in it. */
export interface BackupManifest {
  format: 1;
  /** ISO 8601. */
  madeAt: string;
  /** What its maker says of it. */
  about: Record<string, unknown>;
  /** SHA-256 (hex) and bytes of each file. */
  files: Record<string, { sha256: string; size: number }>;
}

const MANIFEST = 'manifest.json';

/** Files beside the database that go with it. */
const BESIDE = ['secret'];

/** The database's folder in the data folder. */
export const DATABASE_FOLDER = 'postgres';

/** Nothing may be too large to be read at once. */
const LARGEST_MANIFEST = 16 * 1_048_576;

const filesIn = async (folder: string): Promise<string[]> =>
  (await readdir(folder, { recursive: true, withFileTypes: true }))
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => relative(folder, join(parentPath, name)).split(sep).join('/'))
    .sort();

async function sumOf(path: string): Promise<{ sha256: string; size: number }> {
  const hash = createHash('sha256');
  await pipeline(createReadStream(path), hash);
  return { sha256: hash.digest('hex'), size: (await stat(path)).size };
}

/**
 * A folder as one file, a gzipped tar that begins with its manifest.
 * @param onEnd once it was read, or is no longer wanted
 */
export async function packBackup(
  folder: string,
  about: Record<string, unknown>,
  onEnd: () => void,
): Promise<Readable> {
  const files: BackupManifest['files'] = {};
  for (const name of await filesIn(folder)) files[name] = await sumOf(join(folder, name));
  const manifest: BackupManifest = { format: 1, madeAt: new Date().toISOString(), about, files };
  const archive = pack();
  const packAll = async () => {
    archive.entry({ name: MANIFEST, mode: 0o600 }, JSON.stringify(manifest));
    for (const [name, { size }] of Object.entries(files)) {
      await pipeline(createReadStream(join(folder, name)), archive.entry({ name, size, mode: 0o600 }));
    }
    archive.finalize();
  };
  const out = new PassThrough();
  pipeline(archive, createGzip({ level: 3 }), out)
    .catch(() => undefined)
    .finally(onEnd);
  packAll().catch((error: unknown) => {
    archive.destroy(error as Error);
  });
  return out;
}

const broken = (problem: string) => new DataFolderError(`the backup is not whole: ${problem}`);

function readManifest(text: string): BackupManifest {
  const manifest = JSON.parse(text) as BackupManifest;
  if ((manifest.format as number) !== 1) throw broken('it is of another format');
  return manifest;
}

/**
 * Unpacks a backup into an empty folder, each file of it compared with what the manifest says.
 * @throws DataFolderError when it is not whole, or no backup
 */
export async function unpackBackup(file: string, folder: string): Promise<BackupManifest> {
  let manifest: BackupManifest | null = null;
  const left = new Set<string>();
  const unpack = async ({ name }: Header, entry: Readable): Promise<void> => {
    if (manifest === null) {
      if (name !== MANIFEST) throw broken('it has no manifest');
      manifest = readManifest(await textOf(entry));
      for (const known of Object.keys(manifest.files)) left.add(known);
      return;
    }
    const known = manifest.files[name];
    if (!known || !left.delete(name) || name.split('/').includes('..'))
      throw broken(`${name} is not its own`);
    const path = join(folder, name);
    await mkdir(dirname(path), { recursive: true, mode: 0o700 });
    const hash = createHash('sha256');
    const hashing = new Transform({
      transform: (chunk: Buffer, _encoding, done) => {
        hash.update(chunk);
        done(null, chunk);
      },
    });
    await pipeline(entry, hashing, createWriteStream(path, { mode: 0o600 }));
    if (hash.digest('hex') !== known.sha256) throw broken(`${name} has changed`);
  };
  const extraction = extract();
  extraction.on('entry', (header, entry, next) => {
    unpack(header, entry as unknown as Readable).then(
      () => {
        entry.resume();
        next();
      },
      (error: unknown) => {
        extraction.destroy(error as Error);
      },
    );
  });
  try {
    await pipeline(createReadStream(file), createGunzip(), extraction);
  } catch (error) {
    if (error instanceof DataFolderError) throw error;
    const { code, message } = error as NodeJS.ErrnoException;
    throw code === 'ENOENT' ? new DataFolderError(`there is no file ${file}`) : broken(message);
  }
  const found = manifest as BackupManifest | null;
  if (!found) throw broken('it is empty');
  const [missing] = left;
  if (missing !== undefined) throw broken(`${missing} is missing`);
  // Folders are made with their files, and PostgreSQL misses its empty ones.
  for (const empty of EMPTY_FOLDERS)
    await mkdir(join(folder, DATABASE_FOLDER, empty), { recursive: true, mode: 0o700 });
  return found;
}

/** Folders that PostgreSQL has, and that may hold nothing. */
const EMPTY_FOLDERS = [
  'pg_commit_ts',
  'pg_dynshmem',
  'pg_logical/mappings',
  'pg_logical/snapshots',
  'pg_notify',
  'pg_replslot',
  'pg_serial',
  'pg_snapshots',
  'pg_stat',
  'pg_stat_tmp',
  'pg_subtrans',
  'pg_tblspc',
  'pg_twophase',
  'pg_wal/archive_status',
  'pg_wal/summaries',
];

async function textOf(stream: Readable): Promise<string> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of stream as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > LARGEST_MANIFEST) throw broken('its manifest is too large');
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString();
}

const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );

/** @throws DataFolderError when the data folder has a database already */
export async function requireNoDatabase(dataDir: string): Promise<void> {
  if (await exists(join(dataDir, DATABASE_FOLDER))) {
    throw new DataFolderError(`${dataDir} has a database: --replace sets it aside`);
  }
}

/**
 * Puts a restored folder's database in place of that of a data folder, which is set aside, and so are the files beside it that
 * go with it, by the same ending.
 * @returns where the database before is now; null when there was none
 * @throws DataFolderError when a server uses the data folder
 */
export async function takeRestored(restored: string, dataDir: string): Promise<string | null> {
  await mkdir(dataDir, { recursive: true, mode: 0o700 });
  const lock = await lockDataFolder(dataDir);
  try {
    await flush(restored);
    const ending = `.before-${new Date().toISOString().replace(/[:.]/g, '-')}`;
    const place = join(dataDir, DATABASE_FOLDER);
    const before = await exists(place);
    for (const name of [DATABASE_FOLDER, ...BESIDE]) {
      const [there, brought] = [await exists(join(dataDir, name)), await exists(join(restored, name))];
      if (there && (before || brought)) await rename(join(dataDir, name), join(dataDir, name + ending));
    }
    // The database last: where one is, there is what goes with it.
    for (const name of [...BESIDE, DATABASE_FOLDER]) {
      if (await exists(join(restored, name))) await rename(join(restored, name), join(dataDir, name));
    }
    await rm(restored, { recursive: true, force: true });
    await flushEntry(dataDir);
    return before ? place + ending : null;
  } finally {
    await lock.release();
  }
}

/** Those files beside the database that are there. */
export async function filesBeside(dataDir: string): Promise<{ name: string; content: Buffer }[]> {
  const files = await Promise.all(
    BESIDE.map((name) =>
      readFile(join(dataDir, name)).then(
        (content) => [{ name, content }],
        () => [],
      ),
    ),
  );
  return files.flat();
}
