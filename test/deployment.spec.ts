import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import ts from 'typescript';
import { parseAllDocuments, parse } from 'yaml';
import { readConfiguration } from '../apps/identity-server/src/configuration';
import { commandsOf, rolesOfDatabase } from './cluster/support/commands';

const DEPLOY = join(__dirname, '../deploy');
const read = (path: string) => readFileSync(join(DEPLOY, path), 'utf8');

interface Container {
  image: string;
  args?: string[];
  env?: { name: string; value: string }[];
  securityContext: object;
  [name: string]: unknown;
}

interface Pod {
  containers: Container[];
  securityContext: { runAsUser: number };
  volumes: { name: string; secret: { secretName: string } }[];
  [name: string]: unknown;
}

interface Manifest {
  apiVersion: string;
  kind: string;
  data?: Record<string, string>;
  spec: { template: { spec: Pod; metadata?: { labels: object } }; selector: object; maxUnavailable?: number };
}

const MANIFESTS = readdirSync(join(DEPLOY, 'kubernetes')).flatMap((file) =>
  parseAllDocuments(read(`kubernetes/${file}`), { version: '1.1' }).map(
    (document) => document.toJS() as Manifest,
  ),
);
const manifest = (kind: string) => MANIFESTS.find((each) => each.kind === kind)!;

/** The variables that a server is started with, but for those that name a file, which is not here. */
const withoutFiles = (env: Record<string, string>) =>
  Object.fromEntries(Object.entries(env).filter(([name]) => !name.endsWith('_FILE')));

const filesOf = (env: Record<string, string>) =>
  Object.entries(env).filter(([name]) => name.endsWith('_FILE'));

/** What the compiler says of manifests as objects of their types, of which it takes no member that these lack. */
function misspeltIn(manifests: Manifest[]): string[] {
  const file = join(__dirname, 'manifests-as-types.ts');
  const text = manifests
    .map(({ apiVersion, ...rest }, index) => {
      const models = `kubernetes-models/${apiVersion}`;
      return `import type { I${rest.kind} as T${index} } from '${models}';
        export const m${index}: T${index} = ${JSON.stringify({ apiVersion, ...rest })};`;
    })
    .join('\n');
  const options: ts.CompilerOptions = {
    ...{ noEmit: true, strict: true, skipLibCheck: true, types: [], target: ts.ScriptTarget.ES2022 },
    ...{ module: ts.ModuleKind.ESNext, moduleResolution: ts.ModuleResolutionKind.Bundler },
  };
  const onDisk = ts.createCompilerHost(options);
  const host: ts.CompilerHost = {
    ...onDisk,
    fileExists: (path) => path === file || onDisk.fileExists(path),
    getSourceFile: (path, languageVersion) =>
      path === file
        ? ts.createSourceFile(path, text, languageVersion)
        : onDisk.getSourceFile(path, languageVersion),
  };
  const program = ts.createProgram([file], options, host);
  return ts
    .getPreEmitDiagnostics(program)
    .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, ' '));
}

describe('the Kubernetes manifests', () => {
  it('have no member that their schemas have not', () => {
    expect(misspeltIn(MANIFESTS)).toEqual([]);
    const { template } = manifest('Deployment').spec;
    const [container] = template.spec.containers;
    const misspelt = { ...container!, livenessProb: container!['livenessProbe'] };
    const spec = { ...template.spec, containers: [misspelt] };
    const deployment = {
      ...manifest('Deployment'),
      spec: { ...manifest('Deployment').spec, template: { ...template, spec } },
    };
    expect(misspeltIn([deployment])).toEqual([expect.stringContaining('livenessProb')]);
  });

  it('are what their schemas say', async () => {
    expect(MANIFESTS.map(({ kind }) => kind).sort()).toEqual(
      ['ConfigMap', 'Deployment', 'Job', 'PodDisruptionBudget', 'Service'].sort(),
    );
    for (const { apiVersion, kind, ...rest } of MANIFESTS) {
      const [group, version] = apiVersion.includes('/') ? apiVersion.split('/') : ['', apiVersion];
      const name = `kubernetes-models/${group ? `${group}/` : ''}${version}`;
      const { [kind]: Model } = (await import(name)) as Record<
        string,
        new (data: object) => { validate(): void }
      >;
      expect(() => {
        new Model!(rest).validate();
      }).not.toThrow();
    }
  });

  it('give the server what it reads', () => {
    const { data = {} } = manifest('ConfigMap');
    expect(
      readConfiguration({
        ...withoutFiles(data),
        SECRET: 'x'.repeat(32),
        DATABASE_URL: 'postgres://host/name',
      }),
    ).toMatchObject({
      rpId: 'example.com',
      rpOrigins: ['https://login.example.com'],
    });
    const [job] = manifest('Job').spec.template.spec.containers;
    expect(job!.args).toEqual(['migrate']);
  });

  it('have each file that they name in the secrets that docs/operations.md makes', () => {
    const [, commands] = commandsOf('Kubernetes');
    const [, made] = /^kubectl create secret generic passkey (.+)$/m.exec(commands!)!;
    const files = filesOf(manifest('ConfigMap').data!).map(([, path]) => path);
    expect(files.toSorted()).toEqual(
      [...made!.matchAll(/--from-file=([\w-]+)/g)]
        .map(([, name]) => `/run/secrets/passkey/${name}`)
        .toSorted(),
    );
    expect(read('kubernetes/configuration.yaml')).toContain(`generic passkey ${made}\n`);
  });

  it('let nobody have the figures without a token', () => {
    expect(manifest('ConfigMap').data).toHaveProperty('METRICS_TOKEN_FILE');
  });

  it.each(['Deployment', 'Job'])('the pods of the %s may do nothing that they need not', (kind) => {
    const pod = manifest(kind).spec.template.spec;
    expect(pod).toMatchObject({
      automountServiceAccountToken: false,
      securityContext: {
        runAsNonRoot: true,
        runAsUser: userOfImage(),
        seccompProfile: { type: 'RuntimeDefault' },
      },
    });
    expect(pod.containers[0]).toMatchObject({
      securityContext: {
        readOnlyRootFilesystem: true,
        allowPrivilegeEscalation: false,
        capabilities: { drop: ['ALL'] },
      },
    });
  });

  it('a server gets requests once its database answers, and is started anew when it does not answer itself', () => {
    const asks = (path: string) => ({ httpGet: { path, port: 'http' } });
    expect(manifest('Deployment').spec.template.spec.containers[0]).toMatchObject({
      ports: [{ name: 'http', containerPort: 3000 }],
      startupProbe: asks('/health/live'),
      livenessProbe: asks('/health/live'),
      readinessProbe: asks('/health/ready'),
    });
  });

  it('run the image that docs/operations.md puts into a registry, and each release anew', () => {
    const [push, first] = commandsOf('Kubernetes');
    const [, , rollOut] = commandsOf('A new release');
    const [, pushed] = /^buildah push (\S+)$/m.exec(push!)!;
    expect(pushed).toMatch(/^[\w.]+\.com\/passkey:[\d.]+$/);
    const files = readdirSync(join(DEPLOY, 'kubernetes')).map((file) => read(`kubernetes/${file}`));
    const imagesOf = (texts: string[]) => texts.flatMap((text) => text.match(/(?<=image: ).*/g) ?? []);
    expect(imagesOf(files)).toEqual([pushed, pushed]);
    const [, script] = /^sed -i '(.+)' deploy\/kubernetes\/\*\.yaml$/m.exec(rollOut!)!;
    const changed = files.map((input) => execFileSync('sed', [script!], { encoding: 'utf8', input }));
    expect(imagesOf(changed)).toEqual([1, 2].map(() => pushed!.replace(/[\d.]+$/, '0.2.0')));
    expect(changed.map((text) => text.replaceAll('0.2.0', '0.1.0'))).toEqual(files);
    // A Job can't be changed.
    expect(rollOut).toMatch(
      /delete .* job passkey-migration\n.*apply .*migration\.yaml\n.*wait .*job\/passkey-migration &&\n.*apply .*server\.yaml\n/,
    );
    for (const [name] of rollOut!.matchAll(/deploy\/kubernetes\/\w+\.yaml/g)) expect(first).toContain(name);
  });

  it('only the Job has the role that may change the schema', () => {
    const secretOf = (kind: string) => manifest(kind).spec.template.spec.volumes[0]!.secret.secretName;
    expect([secretOf('Job'), secretOf('Deployment')]).toEqual(['passkey-migration', 'passkey']);
  });

  it('a new release never has fewer servers than asked for, nor does a node that is emptied take all', () => {
    expect(manifest('Deployment').spec).toMatchObject({
      replicas: 2,
      strategy: { rollingUpdate: { maxUnavailable: 0 } },
      selector: manifest('PodDisruptionBudget').spec.selector,
    });
    expect(manifest('Deployment').spec.template.metadata!.labels).toMatchObject(
      manifest('Service').spec.selector,
    );
    expect(manifest('PodDisruptionBudget').spec.maxUnavailable).toBe(1);
  });
});

describe('a server that is told to end', () => {
  it('has 30 seconds for what it takes at most: 5 of delay, 10 for requests, and the end of what it sends', () => {
    expect(read('systemd/passkey@.service')).toMatch(/^TimeoutStopSec=30$/m);
    const { services } = parse(read('compose/compose.yaml'), { merge: true }) as {
      services: Record<string, { stop_grace_period?: string }>;
    };
    for (const name of ['server-1', 'server-2']) expect(services[name]!.stop_grace_period).toBe('30s');
    expect(manifest('Deployment').spec.template.spec['terminationGracePeriodSeconds']).toBe(30);
  });
});

describe('a core dump, which would have every secret,', () => {
  it('is made by no server of systemd or compose', () => {
    expect(read('systemd/passkey@.service')).toMatch(/^LimitCORE=0$/m);
    const { services } = parse(read('compose/compose.yaml'), { merge: true }) as {
      services: Record<string, { ulimits?: object }>;
    };
    for (const name of ['migrate', 'server-1', 'server-2']) {
      expect(services[name]).toMatchObject({ ulimits: { core: 0 } });
    }
  });
});

/** The number of the user that the image's process has. */
function userOfImage(): number {
  const [, user] = /^USER (\d+):\d+$/m.exec(read('container/Containerfile')) ?? [];
  return Number(user);
}

describe('the compose file', () => {
  const { services, secrets } = parse(read('compose/compose.yaml'), { merge: true }) as {
    services: Record<
      string,
      {
        read_only?: boolean;
        image: string;
        build?: object;
        pull_policy?: string;
        environment: Record<string, string>;
        secrets: string[];
        volumes?: string[];
        command?: string[];
        cap_drop?: string[];
      }
    >;
    secrets: Record<string, { file: string }>;
  };

  it('starts two servers, once the schema is there, as its image is meant to be run', () => {
    for (const name of ['server-1', 'server-2']) {
      expect(services[name]).toMatchObject({
        read_only: true,
        cap_drop: ['ALL'],
        depends_on: { migrate: { condition: 'service_completed_successfully' } },
      });
    }
    expect(services['migrate']!.command).toEqual(['migrate']);
  });

  it('builds its image once, and pulls none of that name', () => {
    const own = Object.entries(services).filter(([, { image }]) => image === 'passkey');
    expect(own.map(([name, { build, pull_policy }]) => [name, build !== undefined, pull_policy])).toEqual([
      ['migrate', true, 'never'],
      ['server-1', false, 'never'],
      ['server-2', false, 'never'],
    ]);
  });

  it('gives the server what it reads, secrets as files', () => {
    const { environment, secrets: used } = services['server-1']!;
    const configuration = readConfiguration({
      ...withoutFiles(environment),
      SECRET: 'x'.repeat(32),
      DATABASE_URL: 'postgres://host/name',
    });
    expect(configuration.rpOrigins).toEqual(['https://login.example.com']);
    expect(configuration.trustedProxies!('172.30.0.9')).toBe(true);
    expect(
      filesOf(environment)
        .map(([, path]) => path)
        .sort(),
    ).toEqual(used.map((name) => `/run/secrets/${name}`).sort());
  });

  it('only the migration has the role that may change the schema', () => {
    expect(services['migrate']!.environment['DATABASE_URL_FILE']).toBe('/run/secrets/migration-database-url');
    expect(services['migrate']!.secrets).toEqual(['migration-database-url']);
    for (const name of ['server-1', 'server-2']) {
      expect(services[name]!.secrets).toEqual(['database-url', 'secret']);
    }
  });

  it('has PostgreSQL make the roles of docs/database.md', () => {
    expect(services['postgres']!.volumes).toContain('./roles.sql:/docker-entrypoint-initdb.d/roles.sql:ro');
    const [, statements] = read('compose/roles.sql').split('\\gset\n');
    expect(statements!.replaceAll(/:'(migration|runtime)'/g, "'...'")).toBe(rolesOfDatabase());
    const passwords = read('compose/roles.sql').matchAll(/'\/run\/secrets\/([\w-]+)'/g);
    expect(services['postgres']!.secrets).toEqual(
      expect.arrayContaining([...passwords].map(([, name]) => name)),
    );
  });

  it('finds each secret where docs/operations.md makes it, and as the user that it names', () => {
    const [commands] = commandsOf('Compose');
    const made = [...commands!.matchAll(/> (secrets\/[\w-]+)$/gm)].map(([, file]) => file);
    for (const role of ['migration', 'runtime']) made.push(`secrets/${role}-password`);
    expect(Object.values(secrets).map(({ file }) => file)).toEqual(expect.arrayContaining(made));
    expect(Object.keys(secrets)).toHaveLength(made.length);
    for (const { secrets: used = [] } of Object.values(services)) {
      expect(Object.keys(secrets)).toEqual(expect.arrayContaining(used));
    }
    expect(commands).toContain(`chown ${userOfImage()} secrets/secret secrets/*database-url`);
  });

  it('has the services that docs/operations.md brings a new release to, one server after the other', () => {
    const [, , , commands] = commandsOf('A new release');
    const named = [...commands!.matchAll(/^docker compose (?:run|up) .*?([\w-]+)$/gm)].map(
      ([, name]) => name!,
    );
    expect(named).toEqual(['migrate', 'server-1', 'server-2']);
    expect(Object.keys(services)).toEqual(expect.arrayContaining(named));
  });

  it('leads the proxy to the servers', () => {
    expect(services['proxy']!.environment).toEqual({ PASSKEY_SERVERS: 'server-1:3000 server-2:3000' });
    expect(read('proxies/Caddyfile')).toContain('{$PASSKEY_SERVERS:');
  });
});

describe('the commands of docs/operations.md', () => {
  it('have no secret as an argument, which others of the machine could read', () => {
    const document = readFileSync(join(__dirname, '../docs/operations.md'), 'utf8');
    const typed = [...document.matchAll(/```sh\n([^]*?)```/g)].map(([, commands]) =>
      // What a program is given by its standard input is no argument of it.
      commands!.replaceAll(/<<'?END'?\n[^]*?\nEND\n/g, '\n'),
    );
    // `echo` is the shell's own, as are assignments.
    const lines = typed
      .join('')
      .split('\n')
      .filter((line) => !/^(echo|export|\w+=\S*$)/.test(line));
    expect(
      lines.filter((line) => /\bPASSWORD\b|\$\{?(PGPASSWORD|MIGRATION|RUNTIME)|\$\(cat/.test(line)),
    ).toEqual([]);
  });
});
