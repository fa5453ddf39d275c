import fs from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Database } from '../../apps/identity-server/src/database/database';

describe('the embedded database', () => {
  it('has flushed each commit to the disk before it is acknowledged', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'passkey-flushing-'));
    const database = await Database.open({ dataDir });
    const flushed = jest.spyOn(fs, 'fsyncSync');
    for (let commit = 1; commit <= 10; commit += 1) {
      await database.dataSource.query(
        `INSERT INTO passkey.interactions (id, event, expires_at) VALUES (sha256($1::text::bytea), 'SignIn', now())`,
        [commit],
      );
      expect(flushed.mock.calls.length).toBeGreaterThanOrEqual(commit);
    }
    flushed.mockRestore();
    await database.close();
    await rm(dataDir, { recursive: true });
  });
});
