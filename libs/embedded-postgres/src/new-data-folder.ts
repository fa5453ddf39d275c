import { readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Worker } from 'node:worker_threads';
import { flush } from './flush';

const PGLITE = require.resolve('@electric-sql/pglite');

/** As text, since it is no file of its own in a bundle. */
const MAKE = `
const { workerData: { pglite, folder, modules } } = require('node:worker_threads');
const { PGlite } = require(pglite);
PGlite.create(folder, modules)
  .then((database) => database.close())
  .catch((reason) => {
    throw new Error(reason?.message ?? String(reason));
  });
`;

/** Compiled once for that thread and for this one, which opens what it has made. */
async function compileModules() {
  const compiled = async (name: string) => WebAssembly.compile(await readFile(join(dirname(PGLITE), name)));
  const [pgliteWasmModule, initdbWasmModule] = await Promise.all([
    compiled('pglite.wasm'),
    compiled('initdb.wasm'),
  ]);
  return { pgliteWasmModule, initdbWasmModule };
}

/**
 * Makes the database of a data folder, under another name until it is whole: a server that is killed meanwhile leaves nothing that
 * does not open. In a thread of its own, for it takes seconds in one piece, in which this one would hear no signal.
 */
export async function makeDataFolder(folder: string): Promise<void> {
  const unfinished = `${folder}.new`;
  await rm(unfinished, { recursive: true, force: true });
  await ended(
    new Worker(MAKE, {
      eval: true,
      workerData: { pglite: PGLITE, folder: unfinished, modules: await compileModules() },
    }),
  );
  await flush(unfinished);
  await rename(unfinished, folder);
}

const ended = (worker: Worker) =>
  new Promise<void>((resolve, reject) => {
    worker.once('error', reject);
    worker.once('exit', (code) => {
      if (code === 0) resolve();
      else reject(new Error(`PostgreSQL has not made its folder (${code})`));
    });
  });
