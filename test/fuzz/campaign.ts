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
  /** Milliseconds; of those that were tried again, the second time. */
  slowest: number;
  /** How many took over a second among others, and were tried again, alone. */
  again: number;
}

export const shown = ({ bad, same, slowest, again }: Tally): string =>
  `FUZZ_SEED=${SEED}: ${bad} bad inputs refused, ${same} good ones, slowest ${slowest.toFixed(0)} ms, ${again} tried again alone`;

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
  const tally: Tally = { bad: 0, same: 0, slowest: 0, again: 0 };
  const tryOne = async (input: T) => {
    try {
      const first = await timed(attempt, input);
      // On a machine that is busy with others a pause is no proof: alone, it must not come again.
      const isSlow = first.took > HANG_MS;
      const { took } = isSlow ? await timed(attempt, input) : first;
      if (took > HANG_MS) throw new Error(`took ${Math.round(first.took)} ms, and ${Math.round(took)} again`);
      tally[first.outcome] += 1;
      tally.slowest = Math.max(tally.slowest, took);
      if (isSlow) tally.again += 1;
    } catch (error) {
      keep(name, toCase(input), error);
      throw error;
    }
  };
  const together = fc.array(inputs, { minLength: atOnce, maxLength: atOnce });
  const property = fc.asyncProperty(together, async (drawn) => {
    await Promise.all(drawn.map(tryOne));
  });
  for (let batch = 0; tally.bad < wanted; batch += 1) {
    const numRuns = Math.ceil(Math.min(BATCH, wanted - tally.bad) / atOnce);
    await fc.assert(property, { seed: SEED + batch, numRuns, endOnFailure: true });
  }
  return tally;
}

async function timed<T>(attempt: (input: T) => Promise<Outcome>, input: T) {
  const began = performance.now();
  const outcome = await attempt(input);
  return { outcome, took: performance.now() - began };
}

function keep(target: string, input: unknown, error: unknown): void {
  const text = JSON.stringify({ target, input, problem: String(error).slice(0, 500) }, null, 2);
  const name = createHash('sha256').update(text).digest('hex').slice(0, 12);
  mkdirSync(CASES, { recursive: true });
  writeFileSync(join(CASES, `${target}-${name}.json`), `${text}\n`);
}
