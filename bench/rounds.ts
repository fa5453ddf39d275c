import { CEREMONIES, type FlowName } from './ceremony';
import type { LoadOrder } from './load';
import type { Load, Measurement } from './measurement';
import type { Series } from './report';
import type { ServerProcess } from './server-process';

export interface Plan {
  rounds: number;
  connections: number[];
  /** Of one measurement at several connections; a quarter of it at one, and of what follows a sign-in's first calls. */
  requests: number;
  /** Whether the rest of a sign-in, and a registration, are measured too, at 16 connections. */
  flows?: boolean;
  /** What the names of the loads have in them that are measured; unset: all. */
  only?: string;
}

const WARM_UP_ROUNDS = 2;
const WARM_UPS: Pick<LoadOrder, 'flow' | 'call'>[] = [
  { flow: 'signIn', call: 'options' },
  { flow: 'signIn', call: 'verify' },
  { flow: 'code' },
];

const ALGORITHMS = { ES256: -7, RS256: -257 };

/** What is measured beside a sign-in's first calls; without a call, the whole flow. */
export const FURTHER: Record<string, { flow: FlowName; call?: string }> = {
  'identification of a sign-in': { flow: 'signIn', call: 'identification' },
  'submit of a sign-in': { flow: 'signIn', call: 'submit' },
  'GET /api/my-account': { flow: 'account', call: 'account' },
  'registration: options': { flow: 'registration', call: 'options' },
  'registration: verify': { flow: 'registration', call: 'verify' },
  'registration: identification': { flow: 'registration', call: 'identification' },
  'registration: submit': { flow: 'registration', call: 'submit' },
  'whole sign-in': { flow: 'signIn' },
  'whole registration': { flow: 'registration' },
  'code flow: authorize': { flow: 'code', call: 'authorize' },
  'code flow: token': { flow: 'code', call: 'token' },
  'code flow: userinfo': { flow: 'code', call: 'userinfo' },
  'whole code flow': { flow: 'code' },
};

/** Whether a server has the flow, and the call in it. */
export const answers = (
  { ceremony }: Pick<ServerProcess, 'ceremony'>,
  { flow, call }: Pick<LoadOrder, 'flow' | 'call'>,
): boolean => {
  const calls = CEREMONIES[ceremony][flow];
  return calls !== undefined && (call === undefined || call in calls);
};

/** Every load on every server in turn: A B A B, each round beginning with another one. */
export async function runRounds(servers: ServerProcess[], load: Load, plan: Plan): Promise<Series[]> {
  const { rounds, connections, requests, only = '' } = plan;
  for (let round = 0; round < WARM_UP_ROUNDS; round++) {
    for (const server of servers) {
      for (const order of WARM_UPS.filter((order) => answers(server, order))) {
        await load.measure(server, { ...order, requests, connections: 16 });
      }
    }
  }
  const series: Series[] = [];
  const run = async (name: string, order: Omit<LoadOrder, 'url' | 'ceremony'>) => {
    if (!name.includes(only)) return;
    const asked = servers.filter((server) => answers(server, order));
    const measured = new Map<string, Measurement[]>(asked.map(({ name }) => [name, []]));
    for (let round = 0; round < rounds; round++) {
      for (let turn = 0; turn < asked.length; turn++) {
        const server = asked[(round + turn) % asked.length] as ServerProcess;
        measured.get(server.name)?.push(await load.measure(server, order));
      }
    }
    for (const [server, all] of measured) series.push({ server, load: name, rounds: all });
  };
  for (const count of connections) {
    const few = Math.ceil(requests / 4);
    const order = { flow: 'signIn' as const, connections: count, requests: count === 1 ? few : requests };
    await run(`options, ${count} connections`, { ...order, call: 'options' });
    await run(`verify, ${count} connections`, { ...order, call: 'verify' });
    if (count !== 16) continue;
    for (const [name, algorithm] of Object.entries(ALGORITHMS)) {
      await run(`verify ${name} only, ${count} connections`, { ...order, call: 'verify', algorithm });
    }
    if (!plan.flows) continue;
    for (const [name, flow] of Object.entries(FURTHER)) await run(name, { ...order, requests: few, ...flow });
  }
  return series;
}
