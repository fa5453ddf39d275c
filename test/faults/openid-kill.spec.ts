import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { RelyingApplication } from '../openid/relying-application';
import { freePort } from '../support/free-port';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { createDatabase } from './support/fault-database';
import { PostgresCluster } from './support/postgres-cluster';
import { ServerProcess } from './support/server-process';
import { expectKept, type SignIn, SignIns } from './support/sign-ins';

/** How often each server is killed. */
const ROUNDS = Number(process.env['KILL_ROUNDS'] ?? 3);

/** Kills the server under load, at another moment each time, and asks the next one for what was acknowledged. */
async function killUnderLoad(mode: string, env: Record<string, string>): Promise<void> {
  const port = String(await freePort());
  const start = () =>
    ServerProcess.start({
      ...env,
      PORT: port,
      MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN,
      SECRET: 'a-secret-of-the-server-0123456789',
    });
  let server = await start();
  try {
    const shop = await RelyingApplication.start(server);
    const acknowledged: SignIn[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      const load = new SignIns(server, shop);
      await load.until(4);
      await new Promise((resolve) => setTimeout(resolve, (round * 37) % 200));
      await server.stop('SIGKILL');
      await load.stop();
      expect(load.wrong).toEqual([]);
      acknowledged.push(...load.acknowledged);
      server = await start();
    }
    for (const signIn of acknowledged) await expectKept(shop, signIn);
    const revoked = acknowledged.filter((signIn) => signIn.revoked).length;
    expect(Math.min(revoked, acknowledged.length - revoked)).toBeGreaterThan(0);
    console.log(
      `${mode}: ${ROUNDS} kills, ${acknowledged.length} sign-ins to an application and ${revoked} revocations acknowledged, none lost`,
    );
  } finally {
    await server.stop('SIGKILL');
  }
}

describe('a server that is killed while people sign in to an application', () => {
  it(`loses nothing that it has given or taken back, on PostgreSQL, ${ROUNDS} times`, async () => {
    const cluster = await PostgresCluster.start();
    try {
      const { url } = await createDatabase(cluster);
      await killUnderLoad('PostgreSQL', { DATABASE_URL: url });
    } finally {
      await cluster.drop();
    }
  });

  it(`loses nothing that it has given or taken back, on the embedded database, ${ROUNDS} times`, async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'passkey-kill-'));
    try {
      await killUnderLoad('embedded', { DATA_DIR: dataDir });
    } finally {
      await rm(dataDir, { recursive: true, force: true });
    }
  });
});
