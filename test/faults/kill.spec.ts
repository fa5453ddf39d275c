import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { missingInFolder } from './support/embedded-accounts';
import { createDatabase, missingOf } from './support/fault-database';
import { PostgresCluster } from './support/postgres-cluster';
import { Registrations } from './support/registrations';
import { ServerProcess } from './support/server-process';

/** How often each server is killed: KILL_ROUNDS=100 for the figure of docs/reliability.md. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 3);

/** On a busy machine: milliseconds. */
const TIMEOUT = 60_000 + ROUNDS * 20_000;

/** Kills the server under load, at another moment each time, and starts it again. */
async function killUnderLoad(env: Record<string, string>): Promise<string[]> {
  const acknowledged: string[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    const server = await ServerProcess.start(env);
    const load = new Registrations(() => server, 4);
    try {
      await load.until(3);
      await new Promise((resolve) => setTimeout(resolve, (round * 37) % 200));
    } finally {
      await server.stop('SIGKILL');
      await load.stop();
    }
    const wrong = load.outcomes.filter(({ status }) => status !== null && status >= 300);
    expect(wrong).toEqual([]);
    acknowledged.push(...load.acknowledged);
  }
  return acknowledged;
}

function expectNoneMissing(mode: string, acknowledged: string[], missing: string[]): void {
  const figures = `${acknowledged.length} registrations acknowledged, ${missing.length} lost`;
  console.log(`${mode}: ${ROUNDS} kills, ${figures}`);
  expect(missing).toEqual([]);
}

describe('a server that is killed under load', () => {
  it(
    `loses nothing that it has acknowledged, on PostgreSQL, ${ROUNDS} times`,
    async () => {
      const cluster = await PostgresCluster.start();
      try {
        const database = await createDatabase(cluster);
        const acknowledged = await killUnderLoad({ DATABASE_URL: database.url });
        const missing = await missingOf(cluster, database.name, acknowledged);
        expectNoneMissing('PostgreSQL', acknowledged, missing);
      } finally {
        await cluster.drop();
      }
    },
    TIMEOUT,
  );

  it(
    `loses nothing, and opens its data folder again, on the embedded database, ${ROUNDS} times`,
    async () => {
      const dataDir = await mkdtemp(join(tmpdir(), 'passkey-kill-'));
      try {
        const acknowledged = await killUnderLoad({ DATA_DIR: dataDir });
        expectNoneMissing('embedded', acknowledged, await missingInFolder(dataDir, acknowledged));
      } finally {
        await rm(dataDir, { recursive: true, force: true });
      }
    },
    TIMEOUT,
  );

  it('at its very first start leaves a data folder that opens', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'passkey-first-'));
    try {
      for (const delay of [300, 900, 1_800]) {
        const server = await ServerProcess.start({ DATA_DIR: dataDir }, { ready: false });
        await new Promise((resolve) => setTimeout(resolve, delay));
        await server.stop('SIGKILL');
      }
      const server = await ServerProcess.start({ DATA_DIR: dataDir });
      expect(await server.stop('SIGTERM')).toBe(0);
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
