import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import fc from 'fast-check';

/** How many bad inputs; the run of `npm run fuzz` has 200,000. */
export const INPUTS = Number(process.env['FUZZ_INPUTS'] ?? 3000);
export const SEED = Number(process.env['FUZZ_SEED'] ?? Math.floor(Math.random() * 2 ** 31));
export const CASES = join(__dirname, 'cases');

const BATCH = 500;
const HANG_MS = 1000;
/** Milliseconds of this process's processor time; the attempt's own share is in it. */
const MOST_PROCESSOR_MS = 50;
const TIMES_ALONE = 20;

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

export function heapAfterCollection(): number {
  collectGarbage();
  return process.memoryUsage().heapUsed;
}

/** What came of an input: `bad` ones are refused; `same` ones are valid, or mean what the honest input means. */
export type Outcome = 'bad' | 'same';

export interface Tally {
  bad: number;
  same: number;
  /** Milliseconds, and of processor time; of those that were tried again, what counted. */
  slowest: number;
  dearest: number;
  /** How many took too much among others, and were tried again, alone. */
  again: number;
}

export const shown = ({ bad, same, slowest, dearest, again }: Tally): string =>
  `FUZZ_SEED=${SEED}: ${bad} bad inputs refused, ${same} good ones, slowest ${slowest.toFixed(0)} ms, ` +
  `dearest ${dearest.toFixed(1)} ms of processor time, ${again} tried again alone`;

/**
 * Tries inputs until `wanted` bad ones were refused. An input that fails is kept under `cases/`, and fails the test
 * with its seed.
 * @param attempt throws when the input is not treated as it must be
 * @param atOnce how many inputs are tried at the same moment
 */
export async function campaign<T>(
  name: string,
  wanted: number,
  inputs: fc.Arbitrary<T>,
  attempt: (input: T) => Promise<Outcome>,
  toCase: (input: T) => unknown,
  atOnce = 1,
): Promise<Tally> {
  const tally: Tally = { bad: 0, same: 0, slowest: 0, dearest: 0, again: 0 };
  /** Whether the input took no more than it may. */
  const tryOne = async (input: T, isAgain: boolean): Promise<boolean> => {
    try {
      const [began, clock] = [performance.now(), process.cpuUsage()];
      const outcome = await attempt(input);
      const took = performance.now() - began;
      const { user, system } = process.cpuUsage(clock);
      const cost = (user + system) / 1000;
      if (!isAgain) tally[outcome] += 1;
      if (took > HANG_MS || cost > MOST_PROCESSOR_MS) return false;
      tally.slowest = Math.max(tally.slowest, took);
      tally.dearest = Math.max(tally.dearest, cost);
      return true;
    } catch (error) {
      keep(name, toCase(input), error);
      throw error;
    }
  };
  /** Among others, or on a machine that is busy with others, one time is no proof: alone, it must not be so each time. */
  const tryAlone = async (input: T): Promise<void> => {
    tally.again += 1;
    for (let time = 0; time < TIMES_ALONE; time += 1) if (await tryOne(input, true)) return;
    const problem = new Error(
      `takes over ${HANG_MS} ms, or ${MOST_PROCESSOR_MS} ms of processor time, alone and each of ${TIMES_ALONE} times`,
    );
    keep(name, toCase(input), problem);
    throw problem;
  };
  const together = fc.array(inputs, { minLength: atOnce, maxLength: atOnce });
  const property = fc.asyncProperty(together, async (drawn) => {
    const within = await Promise.all(drawn.map((input) => tryOne(input, false)));
    for (const [index, isWithin] of within.entries()) if (!isWithin) await tryAlone(drawn[index]!);
  });
  for (let batch = 0; tally.bad < wanted; batch += 1) {
    const numRuns = Math.ceil(Math.min(BATCH, wanted - tally.bad) / atOnce);
    await fc.assert(property, { seed: SEED + batch, numRuns, endOnFailure: true });
  }
  return tally;
}

function keep(target: string, input: unknown, error: unknown): void {
  const text = JSON.stringify({ target, input, problem: String(error).slice(0, 500) }, null, 2);
  const name = createHash('sha256').update(text).digest('hex').slice(0, 12);
  mkdirSync(CASES, { recursive: true });
  writeFileSync(join(CASES, `${target}-${name}.json`), `${text}\n`);
}
