import { readFileSync } from 'node:fs';
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
import { freePort } from './support/free-port';
import { TestServer } from './support/test-server';

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
      expect.stringMatching(/^warning SECRET is not set/),
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

describe('passkey-server import', () => {
  it.each(Object.entries(SOURCES))('asks %s what docs/moving.md says', (system, statement) => {
    const page = readFileSync(join(__dirname, '../docs/moving.md'), 'utf8');
    const documented = page.split('```sql ' + system + '\n')[1]!.split('\n```')[0]!;
    expect(statement("'example.com'")).toBe(documented);
  });
});
