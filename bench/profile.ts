import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { SourceMap } from 'node:module';
import { tmpdir } from 'node:os';
import { basename, dirname, join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { BenchDatabase } from './bench-database';
import type { FlowName } from './ceremony';
import { Load } from './measurement';
import { makePeople } from './people';
import { machine } from './report';
import { answers } from './rounds';
import { floor, oidcProvider, product, type ServerProgram, start } from './server-process';

/** Where a request's time and memory go, by package and part: the server, from a bundle with source maps, and the floor. */
const { values: args } = parseArgs({
  options: {
    requests: { type: 'string', default: '8000' },
    connections: { type: 'string', default: '16' },
    calls: { type: 'string', default: 'options,verify' },
    functions: { type: 'string', default: '0' },
  },
});

const requests = Number(args.requests);
const BUNDLE = resolve('dist/apps/identity-server/profiled');

interface CallFrame {
  functionName: string;
  url: string;
  lineNumber: number;
  columnNumber: number;
}

interface CpuProfile {
  nodes: { id: number; callFrame: CallFrame }[];
  samples: number[];
  timeDeltas: number[];
}

interface AllocationNode {
  callFrame: CallFrame;
  selfSize: number;
  children: AllocationNode[];
}

const maps = new Map<string, SourceMap | null>();

function mapOf(file: string): SourceMap | null {
  const known = maps.get(file);
  if (known !== undefined) return known;
  const path = `${file}.map`;
  const map = existsSync(path)
    ? new SourceMap(JSON.parse(readFileSync(path, 'utf8')) as ConstructorParameters<typeof SourceMap>[0])
    : null;
  maps.set(file, map);
  return map;
}

/** The file that a function was written in, from the folder of the project. */
function sourceOf({ url, lineNumber, columnNumber }: CallFrame): string {
  if (!url || url.startsWith('node:')) return url;
  const file = url.startsWith('file:') ? fileURLToPath(url) : url;
  const entry = mapOf(file)?.findEntry(lineNumber, columnNumber);
  const source = entry && 'originalSource' in entry ? entry.originalSource : basename(file);
  return mapOf(file) ? resolve(dirname(file), source) : file;
}

/** Which package, or which folder of ours. */
function partOf(frame: CallFrame): string {
  const source = sourceOf(frame);
  if (!source) return frame.functionName.startsWith('(') ? frame.functionName : 'native functions of Node.js';
  if (source.startsWith('node:')) {
    const [, internal = '', file = ''] = /^node:(internal\/)?([^/]+)/.exec(source) ?? [];
    if (/^_?http|^_stream|^net|^stream/.test(file)) return `node:${file.replace(/^_|_.*$/g, '')}`;
    return internal ? 'node: other' : `node:${file}`;
  }
  const [, name] = /.*node_modules\/((?:@[^/]+\/)?[^/]+)/.exec(source) ?? [];
  if (name) return name;
  const [, own] = /(?:libs|apps)\/([^/]+\/src\/[^/]+)/.exec(source) ?? [];
  return own?.replace('/src', '') ?? 'bundle';
}

const add = (sums: Map<string, number>, key: string, value: number) =>
  sums.set(key, (sums.get(key) ?? 0) + value);

const functionOf = (frame: CallFrame) =>
  `${frame.functionName || '(anonymous)'} ${sourceOf(frame).replace(/^.*?(node_modules|libs|apps)\//, '')}`;

type Sums = Record<'parts' | 'functions', Map<string, number>>;

const emptySums = (): Sums => ({ parts: new Map(), functions: new Map() });

/** Microseconds of each. */
function ofProcessor({ nodes, samples, timeDeltas }: CpuProfile): Sums {
  const frames = new Map(nodes.map(({ id, callFrame }) => [id, callFrame]));
  const times = new Map<number, number>();
  samples.forEach((id, index) => times.set(id, (times.get(id) ?? 0) + (timeDeltas[index] ?? 0)));
  const sums = emptySums();
  for (const [id, time] of times) {
    const frame = frames.get(id);
    if (!frame || frame.functionName === '(idle)') continue;
    add(sums.parts, partOf(frame), time);
    add(sums.functions, functionOf(frame), time);
  }
  return sums;
}

/** Bytes of each. */
function ofAllocations(head: AllocationNode): Sums {
  const sums = emptySums();
  const walk = ({ callFrame, selfSize, children }: AllocationNode) => {
    if (selfSize > 0) {
      add(sums.parts, partOf(callFrame), selfSize);
      add(sums.functions, functionOf(callFrame), selfSize);
    }
    children.forEach(walk);
  };
  walk(head);
  return sums;
}

async function fileOf<T>(path: string): Promise<T> {
  while (!existsSync(path)) await sleep(20);
  return JSON.parse(readFileSync(path, 'utf8')) as T;
}

const CODE_FLOW = ['authorize', 'token', 'userinfo'];
const flowOf = (call: string): FlowName => (CODE_FLOW.includes(call) ? 'code' : 'signIn');

async function profile(program: ServerProgram, call: string, load: Load, folder: string) {
  const kept = join(folder, `${program.name}-${call}`);
  await mkdir(kept);
  const server = await start({
    ...program,
    env: { ...program.env, PROFILE_FOLDER: kept },
    nodeOptions: [...(program.nodeOptions ?? []), '--require', join(__dirname, 'profiled.js')],
  });
  const order = { flow: flowOf(call), call, requests, connections: Number(args.connections) };
  const step = () => {
    server.child.kill('SIGUSR2');
  };
  await load.measure(server, order);
  await load.measure(server, order);
  const { serverCpu } = await load.measure(server, order, step);
  step();
  const processor = ofProcessor(await fileOf<CpuProfile>(join(kept, 'processor.json')));
  await load.measure(server, order, step);
  step();
  const { head } = await fileOf<{ head: AllocationNode }>(join(kept, 'allocations.json'));
  await server.stop();
  return { serverCpu, processor, allocations: ofAllocations(head) };
}

const total = (sums: Map<string, number>) => [...sums.values()].reduce((sum, value) => sum + value, 0);

/** Microseconds of the process' clock, and bytes, a request. */
function table(
  sums: Record<string, Awaited<ReturnType<typeof profile>>>,
  kind: keyof Sums,
  most: number,
): string[] {
  const columns = Object.values(sums).flatMap(({ processor, allocations }) => [
    processor[kind],
    allocations[kind],
  ]);
  const names = [...new Set(columns.flatMap((column) => [...column.keys()]))];
  const figure = (column: Map<string, number>, name: string) => (column.get(name) ?? 0) / requests;
  const rank = (name: string) =>
    Math.max(...columns.map((column) => figure(column, name) / (total(column) / requests)));
  const figures = (of: (column: Map<string, number>) => number) =>
    columns.map((column, index) => of(column).toFixed(index % 2 ? 0 : 1));
  const rows = names.toSorted((a, b) => rank(b) - rank(a)).slice(0, most);
  return [
    ['', ...Object.keys(sums).flatMap((name) => [`${name}, µs`, 'bytes'])],
    ['---', ...columns.map(() => '---:')],
    ...rows.map((name) => [name, ...figures((column) => figure(column, name))]),
    ['all', ...figures((column) => total(column) / requests)],
  ].map((cells) => `| ${cells.join(' | ')} |`);
}

async function run(adminUrl: string): Promise<void> {
  execFileSync('npx', ['vite', 'build', 'apps/identity-server', '--sourcemap', '--outDir', BUNDLE], {
    stdio: 'ignore',
  });
  const folder = await mkdtemp(join(tmpdir(), 'passkey-profile-'));
  const database = await BenchDatabase.create(adminUrl);
  try {
    const people = makePeople(1000);
    const peopleFile = join(folder, 'people.json');
    await writeFile(peopleFile, JSON.stringify(people));
    const server = product({ DATABASE_URL: database.url }, folder);
    await (await start(server)).stop();
    await database.fill(people);
    const load = new Load(peopleFile, [database]);
    const bundled = { ...server, script: join(BUNDLE, basename(server.script)) };
    const programs = [bundled, floor(database.url, folder), oidcProvider(folder)];
    console.log(`${machine()}, ${args.connections} connections, ${requests} requests\n`);
    for (const call of args.calls.split(',')) {
      const sums: Record<string, Awaited<ReturnType<typeof profile>>> = {};
      for (const program of programs.filter((one) => answers(one, { flow: flowOf(call), call })))
        sums[program.name] = await profile(program, call, load, folder);
      const cpu = Object.entries(sums).map(([name, { serverCpu }]) => `${name} ${serverCpu.toFixed(0)}`);
      console.log(`## ${call}\n\nProcessor µs a request while sampled: ${cpu.join(', ')}\n`);
      console.log([...table(sums, 'parts', 30), ''].join('\n'));
      const functions = Number(args.functions);
      if (functions > 0) console.log([...table(sums, 'functions', functions), ''].join('\n'));
    }
    load.stop();
  } finally {
    await database.drop();
    await rm(folder, { recursive: true, force: true });
  }
}

const databaseUrl = process.env['DATABASE_URL'];
if (!databaseUrl) {
  console.error('Usage: DATABASE_URL=postgres://... npm run bench:profile');
  process.exit(1);
}
run(databaseUrl).then(
  () => process.exit(),
  (error: unknown) => {
    console.error(error);
    process.exit(1);
  },
);
