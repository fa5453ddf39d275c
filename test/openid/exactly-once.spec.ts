import { TestServer } from '../support/test-server';
import { describeGivenOnce } from './exactly-once';

describeGivenOnce('two servers in one process', async () => {
  const servers = [await TestServer.start(), await TestServer.start()];
  return {
    servers,
    close: async () => {
      for (const server of servers) await server.stop();
    },
  };
});
