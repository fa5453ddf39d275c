import { readFileSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SOURCES } from '../apps/identity-server/src/command/import-statements';
import { readConfiguration } from '../apps/identity-server/src/configuration';
import {
  examineConfiguration,
  examineOrigins,
  examineSecrets,
} from '../apps/identity-server/src/doctor/configuration-findings';
import { examineDatabase, secondsAhead } from '../apps/identity-server/src/doctor/database-findings';
import {
  examineProxy,
  judgeProxy,
  type SeenRequest,
} from '../apps/identity-server/src/doctor/proxy-findings';
import { examineAnyDatabase } from '../apps/identity-server/src/doctor/doctor';
import { examineMetadata } from '../apps/identity-server/src/doctor/metadata-findings';
import { examineRedis } from '../apps/identity-server/src/doctor/redis-findings';
import { AttestationAuthority } from './support/attestation-authority';
import { freePort } from './support/free-port';
import { describeWithRedis, startRedis } from './support/redis-server';
import { TestServer } from './support/test-server';
import { until } from './support/until';

const HTTPS = 'https://login.example.com';
const PRODUCTION = { RP_ID: 'example.com', RP_ORIGINS: HTTPS, DATABASE_URL: 'postgres://x@y/z' };

const told = (findings: { state: string; text: string }[]) =>
  findings.map(({ state, text }) => `${state} ${text}`);
const worth = (findings: { state: string; text: string }[]) =>
  told(findings.filter(({ state }) => state !== 'ok'));

describe('doctor', () => {
  it('names every wrong variable, not only the first', () => {
    const { findings, configuration } = examineConfiguration({ PORT: 'x', RP_ID: 'com', DOCS: 'maybe' });
    expect(configuration).toBeNull();
    expect(findings.map(({ text }) => text.split(':')[0])).toEqual(['PORT', 'DOCS', 'RP_ID']);
  });

  it('tells what is open, loud or weak in production', () => {
    const configuration = readConfiguration({
      ...PRODUCTION,
      HOST: '0.0.0.0',
      RATE_LIMIT: 'off',
      MESSENGER: 'print',
      CONFORMANCE_TOOLS: 'on-any-host',
      MANAGEMENT_API_TOKEN: 'a'.repeat(40),
      RP_RELATED_ORIGINS: ['a', 'b', 'c', 'd', 'e', 'f'].map((name) => `https://${name}-site.org`).join(','),
    });
    const found = worth([...examineOrigins(configuration), ...examineSecrets(configuration)]);
    expect(found).toEqual([
      expect.stringMatching(/^warning browsers look at the first five .*e-site.org, https:\/\/f-site.org$/),
      expect.stringMatching(/^problem CONFORMANCE_TOOLS/),
      expect.stringMatching(/^problem MESSENGER=print/),
      expect.stringMatching(/^warning RATE_LIMIT=off/),
      expect.stringMatching(/^warning SECRET is not set: no application signs people in/),
      expect.stringMatching(/^warning SECRET is not set: a code/),
      expect.stringMatching(/^warning MANAGEMENT_API_TOKEN may be guessed/),
      expect.stringMatching(/^warning METRICS_TOKEN is not set/),
    ]);
    expect(told(examineSecrets(readConfiguration({ SECRET: 'ZqB0x7TtP1vJ3yKqWc5mLr9sVdNfHg2u' })))).toEqual([
      "ok SECRET can't be guessed",
    ]);
  });

  it.each<[what: string, seen: Partial<SeenRequest>, found: RegExp | null]>([
    ['adds the caller', { address: '203.0.113.7', forwardedFor: '192.0.2.1, 203.0.113.7' }, null],
    ['replaces what the caller says', { address: '203.0.113.7', forwardedFor: '203.0.113.7' }, null],
    [
      'passes on what the caller says',
      { address: '192.0.2.1' },
      /^problem callers say themselves who they are/,
    ],
    [
      'is not trusted',
      { forwardedFor: '203.0.113.7' },
      /^problem the proxy at 10.0.0.2 is not in TRUSTED_PROXIES/,
    ],
    [
      'does not say who calls',
      { forwardedFor: '192.0.2.1' },
      /^warning whoever ends TLS at 10.0.0.2 does not say/,
    ],
    [
      'changes Host',
      { address: '203.0.113.7', forwardedFor: '203.0.113.7', host: 'app:3000' },
      /^warning .*app:3000/,
    ],
    [
      'says http',
      { address: '203.0.113.7', forwardedFor: '203.0.113.7', forwardedProto: 'http' },
      /^warning the proxy says that the page is http/,
    ],
  ])('tells of a proxy that %s', (_what, seen, found) => {
    const usual: SeenRequest = {
      address: '10.0.0.2',
      peer: '10.0.0.2',
      forwardedFor: '192.0.2.1',
      forwardedProto: 'https',
      host: 'login.example.com',
    };
    expect(worth(judgeProxy(HTTPS, { ...usual, ...seen }))).toEqual(
      found ? [expect.stringMatching(found)] : [],
    );
  });

  it('tells of clocks that differ by more than the answer took', () => {
    expect(secondsAhead(1_500, 1_000, 2_000)).toBe(0);
    expect(secondsAhead(7_000, 1_000, 2_000)).toBe(5);
    expect(secondsAhead(0, 4_000, 5_000)).toBe(-4);
  });

  it('asks the server what it has seen of a request, which nobody else is told', async () => {
    const server = await TestServer.start({ TRUSTED_PROXIES: '127.0.0.1' });
    try {
      const expected = { dataDir: '/nowhere' };
      const { installation, findings } = await examineDatabase(server.database.dataSource, expected);
      expect(worth(findings)).toEqual([]);
      expect(worth(await examineProxy(server.url, installation))).toEqual([
        expect.stringMatching(/^problem callers say themselves who they are/),
      ]);
      expect(worth(await examineProxy(server.url, 'another installation'))).toEqual([
        `problem the server at ${server.url} is on another database`,
      ]);
      expect((await fetch(`${server.url}/health/seen-request`)).status).toBe(401);
      expect(worth(await examineProxy(`http://localhost:${await freePort()}`, installation))).toEqual([
        expect.stringMatching(/can't be reached from here: ECONNREFUSED$/),
      ]);

      await server.query(`DELETE FROM passkey.applied_migrations WHERE name LIKE 'LookAlikes%'`);
      await server.query(`INSERT INTO passkey.applied_migrations (name) VALUES ('Later1999999999999')`);
      const after = await examineDatabase(server.database.dataSource, {
        ...expected,
        installationId: 'other',
      });
      expect(worth(after.findings)).toEqual([
        expect.stringMatching(
          /^problem its schema is newer than this server, which does not know Later1999999999999$/,
        ),
        expect.stringMatching(/^warning its schema is older than this server: .* LookAlikes/),
        expect.stringMatching(/^problem it is another one than INSTALLATION_ID expects/),
      ]);
    } finally {
      await server.query(
        `UPDATE passkey.applied_migrations SET name = 'LookAlikes1765150000000' WHERE name LIKE 'Later%'`,
      );
      await server.stop();
    }
  });
});

describe('doctor, of what a start refuses or needs,', () => {
  let folder: string;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-doctor-'));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it('names DATABASE_URL where it may have been forgotten', async () => {
    const configuration = readConfiguration({ RP_ID: 'example.com', RP_ORIGINS: HTTPS });
    const { findings, installation } = await examineAnyDatabase(configuration);
    expect(installation).toBeNull();
    expect(told(findings)).toEqual([expect.stringMatching(/^problem DATABASE_URL: is not set; DATA_DIR or/)]);
  });

  it('names a SECRET under which the database was not sealed, and changes nothing', async () => {
    const SECRET = 'the secret of this database';
    const server = await TestServer.start({ SECRET });
    try {
      const kept = () => server.query('SELECT * FROM passkey.installation_secrets');
      const before = await kept();
      const foundWith = async (expected: object) =>
        told(
          (await examineDatabase(server.database.dataSource, { dataDir: folder, ...expected })).findings,
        ).filter((text) => text.includes('SECRET'));
      expect(await foundWith({ secrets: [SECRET] })).toEqual(['ok SECRET is what it is sealed under']);
      expect(await foundWith({ secrets: ['a new secret of it', SECRET] })).toEqual([
        'ok SECRET is what it is sealed under',
      ]);
      const other = [expect.stringMatching(/^problem SECRET: is not what the database was sealed under/)];
      expect(await foundWith({ secrets: ['the secret of another database'] })).toEqual(other);
      await writeFile(join(folder, 'secret'), 'the secret of another folder');
      expect(await foundWith({})).toEqual(other);
      expect(await foundWith({ databaseUrl: 'postgres://x@y/z' })).toEqual([]);
      await writeFile(join(folder, 'secret'), '');
      expect(await foundWith({})).toEqual([
        expect.stringContaining(`problem SECRET: ${join(folder, 'secret')} is empty`),
      ]);
      expect(await kept()).toEqual(before);
    } finally {
      await server.stop();
    }
  }, 60_000);

  it('names FIDO metadata that can not be used', async () => {
    const service = await AttestationAuthority.create('Metadata service');
    const [FIDO_METADATA, FIDO_METADATA_ROOT] = [join(folder, 'blob'), join(folder, 'root')];
    await writeFile(FIDO_METADATA_ROOT, service.rootPem);
    const found = async (blob: string) => {
      await writeFile(FIDO_METADATA, blob);
      return told(await examineMetadata(readConfiguration({ FIDO_METADATA, FIDO_METADATA_ROOT })));
    };
    expect(await found('# Text')).toEqual([
      `problem FIDO_METADATA: ${FIDO_METADATA} can't be used: it is not a JSON Web Signature`,
    ]);
    expect(await found(await service.metadataBlob([], '2020-01-01'))).toEqual([
      expect.stringMatching(/^warning FIDO_METADATA .* is past its next update, of 2020-01-01$/),
    ]);
    expect(await found(await service.metadataBlob([]))).toEqual([
      expect.stringMatching(/^ok FIDO_METADATA has number \d+, of 0 models/),
    ]);
  });

  it('names a Redis that does not answer', async () => {
    const REDIS_URL = `redis://:hunter2@127.0.0.1:${await freePort()}`;
    const found = told(await examineRedis(readConfiguration({ REDIS_URL })));
    expect(found).toEqual([expect.stringMatching(/^problem REDIS_URL: (?!.*hunter2).*ECONNREFUSED/)]);
  });

  describeWithRedis('with a Redis', () => {
    it('says that it answers', async () => {
      const port = await freePort();
      const redis = startRedis(port);
      try {
        const ask = () => examineRedis(readConfiguration({ REDIS_URL: `redis://127.0.0.1:${port}` }));
        await until(async () => (await ask())[0]?.state === 'ok');
        expect(told(await ask())).toEqual(['ok Redis answers, and shares the limits']);
      } finally {
        redis.kill();
      }
    });
  });
});

describe('passkey-server import', () => {
  it.each(Object.entries(SOURCES))('asks %s what docs/moving.md says', (system, statement) => {
    const page = readFileSync(join(__dirname, '../docs/moving.md'), 'utf8');
    const documented = page.split('```sql ' + system + '\n')[1]!.split('\n```')[0]!;
    expect(statement("'example.com'")).toBe(documented);
  });
});
