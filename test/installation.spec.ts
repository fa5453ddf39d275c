import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '../apps/identity-server/src/configuration';
import { Database } from '../apps/identity-server/src/database/database';
import {
  expectedInstallation,
  seeInstallation,
} from '../apps/identity-server/src/database/seen-installation';
import { emptyDatabase } from './support/worker-database';

describe('the database that a server is started on', () => {
  let dataDir: string;
  let database: Database;
  beforeAll(async () => {
    dataDir = await mkdtemp(join(tmpdir(), 'passkey-installation-'));
    database = await (await emptyDatabase()).open();
  });
  afterAll(async () => {
    await database.close();
    await rm(dataDir, { recursive: true, force: true });
  });

  const start = async (env: Record<string, string> = {}) => {
    const logger = { warn: jest.fn(), debug: jest.fn() };
    const configuration = readConfiguration({ DATA_DIR: dataDir, ...env });
    const id = await expectedInstallation(configuration, database);
    await seeInstallation(configuration, id, logger as never);
    return logger.warn.mock.calls.map(([line]) => line as { problem: string });
  };

  it('is known again, and another one in its place is told', async () => {
    expect(await start()).toEqual([]);
    expect(await start()).toEqual([]);
    await database.dataSource.query(`UPDATE passkey.installations SET id = gen_random_uuid()`);
    expect(await start()).toEqual([
      expect.objectContaining({ problem: 'the database is another one than at the last start' }),
    ]);
    expect(await start()).toEqual([]);
  });

  it('is refused when another one is expected', async () => {
    const INSTALLATION_ID = '00000000-0000-0000-0000-000000000000';
    await expect(start({ INSTALLATION_ID })).rejects.toThrow(/^INSTALLATION_ID: is of another database/);
  });

  it('is not the embedded one by mistake: where an origin is not localhost it is asked for by name', async () => {
    const env = {
      RP_ID: 'example.com',
      RP_ORIGINS: 'https://example.com',
    };
    await expect(Database.open(readConfiguration(env))).rejects.toThrow(/^DATABASE_URL: is not set/);
    const tenants = await tenantElsewhere();
    const ofTenants = readConfiguration({ RP_TENANTS: tenants });
    await expect(Database.open(ofTenants)).rejects.toThrow(/^DATABASE_URL: is not set/);
    expect(readConfiguration({ ...env, DATABASE: 'embedded' }).embeddedIsMeant).toBe(true);
    expect(readConfiguration({ ...env, DATA_DIR: join(dataDir, 'embedded') }).embeddedIsMeant).toBe(true);
  });

  it('is no development where a tenant, or a related origin, is not on localhost: no code goes to the log', async () => {
    expect(readConfiguration({}).messenger).toBe('print');
    const tenants = { RP_TENANTS: await tenantElsewhere() };
    expect(readConfiguration(tenants).messenger).toBe('off');
    expect(readConfiguration({ RP_RELATED_ORIGINS: 'https://example.net' }).messenger).toBe('off');
    expect(() => readConfiguration({ ...tenants, CONFORMANCE_TOOLS: 'on' })).toThrow(/^CONFORMANCE_TOOLS: /);
  });

  /** A file of it. */
  async function tenantElsewhere(): Promise<string> {
    const path = join(dataDir, 'tenants.json');
    const origins = ['https://example.org'];
    await writeFile(
      path,
      JSON.stringify([{ hosts: ['example.org'], id: 'example.org', name: 'There', origins }]),
    );
    return path;
  }
});
