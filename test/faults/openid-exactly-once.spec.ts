import { describeGivenOnce } from '../openid/exactly-once';
import { MANAGEMENT_TOKEN } from '../support/test-server';
import { createDatabase } from './support/fault-database';
import { PostgresCluster } from './support/postgres-cluster';
import { ServerProcess } from './support/server-process';

describeGivenOnce('two server processes on one PostgreSQL', async () => {
  const cluster = await PostgresCluster.start();
  const { url } = await createDatabase(cluster);
  const start = () =>
    ServerProcess.start({
      DATABASE_URL: url,
      MANAGEMENT_API_TOKEN: MANAGEMENT_TOKEN,
      SECRET: 'a-secret-of-the-server-0123456789',
    });
  const servers = [await start(), await start()];
  return {
    servers,
    close: async () => {
      await Promise.all(servers.map((server) => server.stop('SIGKILL')));
      await cluster.drop();
    },
  };
});
