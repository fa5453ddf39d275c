import { describeExactlyOnce } from '../support/exactly-once';
import { createDatabase } from './support/fault-database';
import { PostgresCluster } from './support/postgres-cluster';
import { ServerProcess } from './support/server-process';

describeExactlyOnce('two server processes on one PostgreSQL', async () => {
  const cluster = await PostgresCluster.start();
  const { name, url } = await createDatabase(cluster);
  const start = () => ServerProcess.start({ DATABASE_URL: url });
  const servers = [await start(), await start()];
  return {
    servers,
    query: (sql, parameters) => cluster.query(sql, name, parameters),
    close: async () => {
      await Promise.all(servers.map((server) => server.stop('SIGKILL')));
      await cluster.drop();
    },
  };
});
