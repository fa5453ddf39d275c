const { spawn } = require('node:child_process');
const { randomBytes } = require('node:crypto');
const { once } = require('node:events');
const { mkdtemp, mkdir, rm } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');
const { Client } = require('pg');

/**
 * An empty database for each of Jest's workers: on the PostgreSQL of TEST_DATABASE_URL, else embedded. TEST_DATABASES
 * tells the workers where they are.
 */
module.exports = async ({ maxWorkers }) => {
  const workers = Array.from({ length: maxWorkers }, (_, index) => String(index + 1));
  const served = process.env.TEST_DATABASE_URL;
  globalThis.stopDatabases = served ? await onPostgres(served, workers) : await embedded(workers);
};

async function onPostgres(served, workers) {
  const run = randomBytes(6).toString('hex');
  const nameOf = (worker) => `passkey_test_${run}_${worker}`;
  const administer = async (statementFor) => {
    const client = new Client({ connectionString: served });
    await client.connect();
    for (const worker of workers) await client.query(statementFor(nameOf(worker)));
    await client.end();
  };
  await administer((name) => `CREATE DATABASE ${name}`);
  const urlOf = (worker) => Object.assign(new URL(served), { pathname: `/${nameOf(worker)}` }).href;
  tellWorkers(workers, (worker) => ({ url: urlOf(worker) }));
  return () => administer((name) => `DROP DATABASE ${name} WITH (FORCE)`);
}

async function embedded(workers) {
  const folder = await mkdtemp(join(tmpdir(), 'passkey-databases-'));
  const servers = await Promise.all(
    workers.map(async (worker) => {
      const socketFolder = join(folder, worker);
      await mkdir(socketFolder);
      // It lives for a few minutes: what V8 would compile anew, to run it faster, takes longer than it saves.
      const server = spawn(
        process.execPath,
        ['--liftoff-only', join(__dirname, 'embedded-server.mjs'), socketFolder],
        { stdio: ['pipe', 'pipe', 'inherit'] },
      );
      await Promise.race([once(server.stdout, 'data'), once(server, 'exit').then(failed)]);
      return server;
    }),
  );
  tellWorkers(workers, (worker) => ({ socketFolder: join(folder, worker) }));
  return async () => {
    for (const server of servers) server.kill();
    await rm(folder, { recursive: true, force: true });
  };
}

const failed = ([code]) => {
  throw new Error(`the embedded database did not start: ${code}`);
};

const tellWorkers = (workers, locationOf) => {
  process.env.TEST_DATABASES = JSON.stringify(
    Object.fromEntries(workers.map((worker) => [worker, locationOf(worker)])),
  );
};
