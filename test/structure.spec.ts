import { readdirSync, readFileSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';

const ROOT = join(__dirname, '../libs/experience-verification/src');
const ARCHITECTURE = readFileSync(join(__dirname, '../ARCHITECTURE.md'), 'utf8');

/** The folders of the module, from what knows nothing of the others to what knows them all. */
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

/** Imports the other way, and why. */
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

/** The folder that has the SQL on each table. */
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

/** Files whose statements read, or with a sign-in change, tables of other folders, and why. */
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
  'database/applied-migrations.ts': 'of the tables that say what has run, each is read alike',
};

interface Import {
  from: string;
  to: string;
}

/** Imports of other files of the module; a folder's list of what it brings is the module's, not the folder's. */
const imports: Import[] = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts') && !/\.(part|spec)\.ts$/.test(file))
  .flatMap((file) =>
    [...readFileSync(join(ROOT, file), 'utf8').matchAll(/from '(\.[^']+)'/g)].map(([, path = '']) => ({
      from: file.replace(/\.ts$/, ''),
      to: relative(ROOT, join(ROOT, dirname(file), path)),
    })),
  );

const folderOf = (file: string): string | null => (file.includes('/') ? (file.split('/')[0] ?? null) : null);

/** Of the module's root, folders know the options alone. */
const isUpwards = ({ from, to }: Import): boolean => {
  const [importing, imported] = [folderOf(from), folderOf(to)];
  if (importing === null || importing === imported) return false;
  if (imported === null) return to !== 'experience-verification.options';
  return FOLDERS.indexOf(importing) < FOLDERS.indexOf(imported);
};

describe('the module', () => {
  it('is put together in a page', () => {
    const text = readFileSync(join(ROOT, 'experience-verification.module.ts'), 'utf8');
    expect(text.split('\n').length).toBeLessThan(80);
  });
});

describe('the folders of the module', () => {
  it('are all said in ARCHITECTURE.md', () => {
    const [, table = ''] = /^## The module's folders$(.*?)^## /ms.exec(ARCHITECTURE) ?? [];
    const rows = [...table.matchAll(/^\| (`.*?`) +\|/gm)].map(([, names = '']) => names);
    const named = rows.join().match(/(?<=`)[\w-]+(?=\/`)/g);
    expect(named?.toSorted()).toEqual(FOLDERS.toSorted());
  });

  it('are all in the order', () => {
    const folders = readdirSync(ROOT, { withFileTypes: true }).filter((entry) => entry.isDirectory());
    expect(folders.map(({ name }) => name).sort()).toEqual(FOLDERS.toSorted());
  });

  it('import what comes before them, but for a few files that say why', () => {
    const upwards = imports.filter(isUpwards).map(({ from, to }) => `${from} -> ${to}`);
    expect(upwards.sort()).toEqual(Object.keys(UPWARDS).sort());
  });

  it('keep the SQL on a table in the folder that owns it, but for a few statements that say why', () => {
    const strangers = readdirSync(ROOT, { recursive: true, encoding: 'utf8' })
      .filter((file) => file.endsWith('.ts') && !file.startsWith('database/migrations/'))
      .filter((file) =>
        [...readFileSync(join(ROOT, file), 'utf8').matchAll(/tables\}(\w+|\$\{)/g)].some(
          ([, table = '']) => OWNERS[table] !== folderOf(file),
        ),
      );
    expect(strangers.sort()).toEqual(Object.keys(JOINS).sort());
  });
});
