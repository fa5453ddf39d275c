import { execFile, spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { freePort } from '../support/free-port';
import { SHORT_LIVED } from '../support/short-lived';
import { buildPackages, failed } from './build-packages';
import { answers, isOver } from './started';

const run = promisify(execFile);

const COMMON = { 'reflect-metadata': '^0.2.2', rxjs: '^7.8.1', '@types/node': '^20.0.0' };
const nest = (version: string) =>
  Object.fromEntries(
    ['common', 'core', 'platform-express', 'platform-fastify'].map((name) => [`@nestjs/${name}`, version]),
  );

const README = readFileSync('libs/experience-verification/README.md', 'utf8');

/** README's blocks of a language, in their order. */
const blocksOf = (language: string): string[] =>
  [...README.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\`$`, 'gms'))].map(
    ([, block = '']) => block,
  );

const [MAKING = '', INSTALLING = '', INSTALLING_IN_NEST_11 = ''] = blocksOf('sh');
const [APP_MODULE = ''] = blocksOf('ts');
const [TRYING = ''] = blocksOf('js');

/** What the projects have before README is followed. */
const PROJECTS = {
  'nest-11': {
    ...COMMON,
    ...nest('^11.0.0'),
    'class-validator': '^0.14.0',
    typescript: '~5.5.4',
  },
  'nest-12': { ...COMMON, ...nest('^12.0.0'), typescript: '^6.0.0' },
};

/** What judges the packages; nothing else here needs it. */
const JUDGES = {
  '@arethetypeswrong/cli': '0.18.5',
  '@microsoft/api-extractor': '7.60.1',
  publint: '0.3.25',
};

/** Of the schematic of `nest new`, but for the check of all declarations, and the types of Jest, which is not there. */
const COMPILER_OPTIONS = {
  module: 'nodenext',
  moduleResolution: 'nodenext',
  resolvePackageJsonExports: true,
  esModuleInterop: true,
  isolatedModules: true,
  declaration: true,
  removeComments: true,
  emitDecoratorMetadata: true,
  experimentalDecorators: true,
  allowSyntheticDefaultImports: true,
  target: 'ES2023',
  types: ['node'],
  sourceMap: true,
  outDir: './dist',
  rootDir: './src',
  skipLibCheck: false,
  strict: true,
  strictPropertyInitialization: false,
};

/** Run only: oidc-provider's types, which those of the package refer to, do not pass a check of all declarations. */
const USES_OPENID_PROVIDER = `
  require('reflect-metadata');
  require('nestjs-passkey-openid-provider').openIdProvider();
`;

describe('the packages, installed', () => {
  let folder: string;
  let tarballs: string[];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-packages-'));
    await buildPackages();
    const configured = async (key: string) => (await run('npm', ['config', 'get', key])).stdout.trim();
    const env = {
      ...process.env,
      HOME: folder,
      npm_config_cache: await configured('cache'),
      npm_config_userconfig: await configured('userconfig'),
      npm_config_prefer_offline: 'true',
      npm_config_ignore_scripts: 'true',
      npm_config_audit: 'false',
    };
    const type = (commands: string, cwd: string) =>
      run('bash', ['-ec', commands], { cwd, env }).catch(failed);
    const [building, packing = ''] = MAKING.trim().split('\n');
    expect(building).toBe('npm ci && npm run build:packages');
    await type(packing, resolve('.'));
    tarballs = (await readdir(join(folder, 'packages'))).map((name) => join(folder, 'packages', name));
    const install = async (project: string, dependencies: object, command: string) => {
      const cwd = join(folder, project);
      await mkdir(cwd);
      await writeFile(join(cwd, 'package.json'), JSON.stringify({ private: true, dependencies }));
      await type(command, cwd);
    };
    await Promise.all([
      install('judges', JUDGES, 'npm install'),
      install('nest-11', PROJECTS['nest-11'], INSTALLING_IN_NEST_11),
      install('nest-12', PROJECTS['nest-12'], INSTALLING),
    ]);
  }, 900_000);
  afterAll(() => rm(folder, { recursive: true, force: true }));

  it.each(Object.keys(PROJECTS))('bring no second copy of Nest or TypeORM into %s', async (project) => {
    const shared = ['@nestjs/common', '@nestjs/core', 'typeorm', 'class-validator', 'class-transformer'];
    const { packages } = JSON.parse(
      await readFile(join(folder, project, 'node_modules/.package-lock.json'), 'utf8'),
    ) as { packages: Record<string, object> };
    const copies = Object.keys(packages).filter((path) =>
      shared.includes(path.split('node_modules/').at(-1)!),
    );
    expect(copies.sort()).toEqual(shared.map((name) => `node_modules/${name}`).sort());
  });

  it('are found without a fault by publint and arethetypeswrong', async () => {
    const bin = join(folder, 'judges/node_modules/.bin');
    for (const tarball of tarballs) {
      const { stdout } = await run(join(bin, 'publint'), [tarball, '--strict']).catch(failed);
      expect(stdout).toContain('All good!');
      // The client is for browsers: it has ES modules alone.
      const profile = tarball.includes('client') ? 'esm-only' : 'strict';
      await run(join(bin, 'attw'), [tarball, '--profile', profile]).catch(failed);
    }
  });

  it('have the public surface of their API reports', async () => {
    const update = process.env['UPDATE_API'] ? ['--update'] : [];
    const report = resolve('test/packages/api-report.cjs');
    await run(process.execPath, [report, join(folder, 'judges'), ...update]).catch(failed);
  });

  /** One of each project has its types checked by the compiler that it has; the other is only compiled. */
  it.each([
    ['nest-11', 'express', 'commonjs', true],
    ['nest-12', 'fastify', 'module', true],
    ['nest-11', 'fastify', 'module', false],
    ['nest-12', 'express', 'commonjs', false],
  ] as const)(
    'sign people up and in on %s, %s, %s, as README has it',
    async (project, adapter, type, isChecked) => {
      const cwd = join(folder, project, `${adapter}-${type}`);
      await cp(resolve('test/packages/host'), cwd, { recursive: true });
      await writeFile(join(cwd, 'src/app.module.ts'), APP_MODULE);
      await writeFile(join(cwd, 'package.json'), JSON.stringify({ private: true, type }));
      const tsconfig = { compilerOptions: COMPILER_OPTIONS, include: ['src'] };
      await writeFile(join(cwd, 'tsconfig.json'), JSON.stringify(tsconfig));
      const require = createRequire(join(cwd, 'package.json'));
      const compiler = isChecked
        ? require.resolve('typescript/bin/tsc')
        : resolve('node_modules/@typescript/native/bin/tsc');
      const further = isChecked ? [] : ['--noCheck'];
      await run(process.execPath, [compiler, '-p', '.', ...further], { cwd }).catch(failed);

      await run(process.execPath, ['-e', USES_OPENID_PROVIDER], { cwd }).catch(failed);

      const port = await freePort();
      const url = `http://localhost:${port}`;
      const server = spawn(process.execPath, [...SHORT_LIVED, `dist/${adapter}.js`], {
        cwd,
        env: { ...process.env, PORT: String(port) },
      });
      let log = '';
      for (const stream of [server.stdout, server.stderr])
        stream.on('data', (text) => {
          log += String(text);
        });
      try {
        while (!(await answers(`${url}/hello`))) {
          if (isOver(server)) throw new Error(log);
          await sleep(100);
        }
        await writeFile(join(cwd, 'try.mjs'), TRYING.replace('http://localhost:3000', url));
        const { stdout } = await run(process.execPath, ['try.mjs'], { cwd }).catch(failed);
        expect(stdout).toMatch(/^{ hello: '[0-9a-f-]{36}' }$/m);
        await run(process.execPath, [resolve('test/packages/sign-in.mjs'), cwd, url]).catch(failed);
      } finally {
        server.kill('SIGTERM');
        if (server.exitCode === null) await once(server, 'exit');
      }
    },
  );
});
