import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { sqlIn } from './support/sql-of-sources';

const read = (file: string) => readFileSync(join(__dirname, '..', file), 'utf8');
const ARCHITECTURE = read('ARCHITECTURE.md');
const INSIDE = read('docs/inside.md');

interface Library {
  /** Where its sources are. */
  root: string;
  /** What of its root folders may import: its options, for one. */
  shared: string[];
  /** Its folders, from what knows nothing of the others to what knows them all. */
  folders: string[];
  /** Imports the other way, and why. */
  upwards: Record<string, string>;
  /** The folder that has the SQL on each table. */
  owners?: Record<string, string>;
  /** Files whose statements read, or with a sign-in change, tables of other folders, and why. */
  joins?: Record<string, string>;
  /** Controllers and services that have SQL themselves, and why. */
  ownSql: Record<string, string>;
  /** Where its tables are made. */
  migrations?: string;
}

const FOLDERS = [
  'diagnostics',
  'errors',
  'validation',
  'identifiers',
  'webauthn',
  'ports',
  'relying-party',
  'database',
  'api',
  'users',
  'messages',
  'audit',
  'management',
  'session',
  'limits',
  'attempts',
  'administrators',
  'invitations',
  'records',
  'passkeys',
  'trust',
  'authentication',
  'registration',
  'recovery',
  'interaction',
  'defaults',
  'account',
  'logto',
  'conformance-tools',
  'testing',
];

const UPWARDS: Record<string, string> = {
  'authentication/authentication.controller -> webauthn.service': 'controllers call what hosts call',
  'authentication/step-up.controller -> webauthn.service': 'controllers call what hosts call',
  'registration/registration.controller -> webauthn.service': 'controllers call what hosts call',
  'conformance-tools/conformance-tools -> module-part': 'it is what the module is given as a part',
  'conformance-tools/conformance.controller -> webauthn.service': 'adapters call what hosts call',
  'logto/logto-account.controller -> webauthn.service': 'adapters call what hosts call',
  'logto/logto-experience.controller -> webauthn.service': 'adapters call what hosts call',
  'logto/logto-flows.service -> webauthn.service': 'adapters call what hosts call',
  'logto/logto-frontend -> module-part': 'it is what the module is given as a part',
  'testing/passkey-testing.module -> experience-verification.module': 'it is the module, ready made',
};

const OWNERS: Record<string, string> = {
  users: 'users',
  user_identifiers: 'users',
  unsettled_tenants: 'users',
  credential_records: 'passkeys',
  decoy_samples: 'passkeys',
  deleted_credentials: 'passkeys',
  verification_records: 'records',
  interactions: 'defaults',
  sessions: 'defaults',
  recovery_codes: 'recovery',
  sent_codes: 'recovery',
  recovery_links: 'recovery',
  administrator_links: 'administrators',
  invitations: 'invitations',
  audit_events: 'audit',
  waiting_messages: 'messages',
  webhook_deliveries: 'audit',
  ended_webhooks: 'audit',
  rate_limits: 'limits',
  failed_attempts: 'limits',
  installations: 'database',
  installation_secrets: 'database',
  sweeps: 'database',
};

const JOINS: Record<string, string> = {
  'users/tenant-settlement.service.ts': 'whose users are a tenant’s own is told by their passkeys, once',
  'records/identification.statements.ts': 'identification and submit in one statement each',
  'records/registration.statements.ts':
    'options of a registration in one statement, with what its interaction is for',
  'records/sign-in.statements.ts': 'each call of a sign-in in one statement, a verification in two',
  'records/recovery.repository.ts':
    'a code from before a suspension proves nothing, in the statement that tries it',
  'invitations/invitations.repository.ts':
    'nobody is let in whose inviter may invite no more, in the statement that spends the invitation',
  'defaults/interaction.repository.ts':
    'nobody who is suspended is identified, in the statement that answers',
  'defaults/sessions.repository.ts': 'nobody who is suspended is signed in, in the statement that answers',
  'database/sweeping/expired-rows.repository.ts': 'what has expired goes from every table alike',
  'database/after-restore.ts': 'what a backup must not bring back goes from every table alike',
  'database/move-tables.ts': 'every table is moved alike',
  'database/secrets/sealed-columns.ts': 'what is sealed is looked at in every table alike',
  'database/indexes.ts': 'an index is made alike on whatever table a migration says',
  'database/applied-migrations.ts': 'of the tables that say what has run, each is read alike',
};

const OWN_SQL: Record<string, string> = {
  'database/secrets/secrets.service.ts': 'it is what reads and writes its one row',
  'passkeys/decoys.service.ts': 'a sample is taken and read by it alone',
  'users/tenant-settlement.service.ts':
    'it is done once, and goes with the last database from before tenants',
};

const MODULE: Library = {
  root: join(__dirname, '../libs/experience-verification/src'),
  shared: ['experience-verification.options'],
  folders: FOLDERS,
  upwards: UPWARDS,
  owners: OWNERS,
  joins: JOINS,
  ownSql: OWN_SQL,
  migrations: 'database/migrations/',
};

const PROVIDER: Library = {
  root: join(__dirname, '../libs/openid-provider/src'),
  shared: ['openid-provider.options'],
  folders: [
    'migrations',
    'ports',
    'pages',
    'limits',
    'storage',
    'keys',
    'session',
    'logout',
    'consents',
    'applications',
    'groups',
    'claims',
    'provider',
    'authorization',
  ],
  upwards: {},
  owners: {
    oidc_payloads: 'storage',
    oidc_signing_keys: 'keys',
    oidc_logout_notices: 'logout',
    applications: 'applications',
    application_secrets: 'applications',
    application_consents: 'consents',
    groups: 'groups',
    group_members: 'groups',
    user_claims: 'claims',
  },
  joins: {
    'storage/payload.statements.ts': 'what hangs on a session lives as long as that and its user',
    'storage/payloads.repository.ts':
      'what hangs on a session lives as long as that, and ends with its user locked',
    'storage/prefetched.statements.ts': 'what a request asks for next, in the statement that finds its token',
    'logout/logout-notices.repository.ts': 'how long a session lives is told by the module’s row',
    'applications/applications.repository.ts': 'who may use an application is told by its groups',
    'groups/groups.repository.ts': 'members are users of the module',
    'claims/custom-claims.repository.ts': 'claims are those of a user of the module',
  },
  ownSql: {},
  migrations: 'migrations/',
};

/** It has no tables of its own, and no statement on the libraries'. */
const HOST: Library = {
  root: join(__dirname, '../apps/identity-server/src'),
  shared: ['configuration', 'reason'],
  folders: [
    'control',
    'configuration',
    'logging',
    'database',
    'messages',
    'pages',
    'http',
    'well-known',
    'openapi',
    'doctor',
    'health',
    'metrics',
    'telemetry',
    'command',
  ],
  upwards: {
    'command/management -> server': 'where none runs, the command makes the server in its own process',
    'command/program -> start': 'a command is the server itself',
  },
  ownSql: {
    'health/health.controller.ts': 'it asks whether the database answers, and nothing of what it has',
  },
};

interface Import {
  from: string;
  to: string;
}

const sourcesOf = ({ root }: Library): string[] =>
  readdirSync(root, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'));

/** Imports of other files of the library; a folder's list of what it brings is the library's, not the folder's. */
const importsOf = (library: Library): Import[] =>
  sourcesOf(library)
    .filter((file) => !/\.(part|spec)\.ts$/.test(file))
    .flatMap((file) =>
      [...readFileSync(join(library.root, file), 'utf8').matchAll(/(?:from |import\()'(\.[^']+)'/g)].map(
        ([, path = '']) => ({
          from: file.replace(/\.ts$/, ''),
          to: relative(library.root, join(library.root, dirname(file), path)).replace(/\.ts$/, ''),
        }),
      ),
    );

const folderOf = (file: string): string | null => (file.includes('/') ? (file.split('/')[0] ?? null) : null);

const isUpwards = ({ from, to }: Import, { folders, shared }: Library): boolean => {
  const [importing, imported] = [folderOf(from), folderOf(to)];
  if (importing === null || importing === imported) return false;
  if (imported === null) return !shared.includes(to);
  return folders.indexOf(importing) < folders.indexOf(imported);
};

/** Names that two files export, and why. */
const SAME_NAMES: Record<string, string> = {
  Caller: 'the decorator is called what it gives',
  RelyingParty: 'the decorator is called what it gives',
};

const EXPORTED = /^export (?:abstract |async )*(?:const|function|class|interface|type) (\w+)/gm;

const exportedBy = (library: Library): string[] =>
  sourcesOf(library).flatMap((file) => [
    ...new Set(
      [...readFileSync(join(library.root, file), 'utf8').matchAll(EXPORTED)].map(([, name = '']) => name),
    ),
  ]);

describe('an exported name', () => {
  it('is that of one thing, in the module and the OpenID Provider, but for a few that say why', () => {
    const names = [MODULE, PROVIDER].flatMap(exportedBy);
    const several = new Set(names.filter((name, index) => names.indexOf(name) < index));
    expect([...several].sort()).toEqual(Object.keys(SAME_NAMES).sort());
  });
});

describe('the module', () => {
  it('is put together in a page', () => {
    const text = readFileSync(join(MODULE.root, 'experience-verification.module.ts'), 'utf8');
    expect(text.split('\n').length).toBeLessThan(80);
  });
});

const sectionOf = (document: string, title: string): string =>
  new RegExp(`^## ${title}$(.*?)^## `, 'ms').exec(document)?.[1] ?? '';

describe('the folders of the module', () => {
  it('are all said in ARCHITECTURE.md', () => {
    const rows = [...sectionOf(ARCHITECTURE, "The module's folders").matchAll(/^\| (`.*?`) +\|/gm)].map(
      ([, names = '']) => names,
    );
    const named = rows.join().match(/(?<=`)[\w-]+(?=\/`)/g);
    expect(named?.toSorted()).toEqual(FOLDERS.toSorted());
  });
});

describe('the folders of the OpenID Provider', () => {
  it('are all said in docs/inside.md', () => {
    const [paragraph] =
      /^The OpenID Provider is an adapter.*?\n\n/ms.exec(sectionOf(INSIDE, 'Folders')) ?? [];
    const named = paragraph?.match(/(?<=`)[\w-]+(?=\/`)/g);
    expect(named?.toSorted()).toEqual(PROVIDER.folders.toSorted());
  });
});

describe('the folders of the host', () => {
  it('are all said in docs/inside.md, in the order', () => {
    const [paragraph] = /^The host's folders.*?\n\n/ms.exec(sectionOf(INSIDE, 'Folders')) ?? [];
    expect(paragraph?.match(/(?<=`)[\w-]+(?=\/`)/g)).toEqual(HOST.folders);
  });
});

describe.each([
  ['the module', MODULE],
  ['the OpenID Provider', PROVIDER],
  ['the host', HOST],
])('the folders of %s', (_name, library) => {
  const { root, folders, upwards, owners = {}, joins = {}, ownSql, migrations } = library;

  it('are all in the order', () => {
    const found = readdirSync(root, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(found.map(({ name }) => name).sort()).toEqual(folders.toSorted());
  });

  it('import what comes before them, but for a few files that say why', () => {
    const others = importsOf(library).filter((one) => isUpwards(one, library));
    expect(others.map(({ from, to }) => `${from} -> ${to}`).sort()).toEqual(Object.keys(upwards).sort());
  });

  it('keep the SQL on a table in the folder that owns it, but for a few statements that say why', () => {
    const strangers = sourcesOf(library)
      .filter((file) => migrations === undefined || !file.startsWith(migrations))
      .filter((file) =>
        [...readFileSync(join(root, file), 'utf8').matchAll(/tables\}(\w+|\$\{)/g)].some(
          ([, table = '']) => owners[table] !== folderOf(file),
        ),
      );
    expect(strangers.sort()).toEqual(Object.keys(joins).sort());
  });

  it('keep SQL out of controllers and services, but for a few that say why', () => {
    const found = sourcesOf(library)
      .filter((file) => /\.(controller|service)\.ts$/.test(file))
      .filter((file) => sqlIn(join(root, file)).length > 0);
    expect(found.sort()).toEqual(Object.keys(ownSql).sort());
  });
});
