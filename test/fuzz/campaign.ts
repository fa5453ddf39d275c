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

/** What came of an input: `bad` ones are refused; `same` ones mean what the honest input means, in another spelling. */
export type Outcome = 'bad' | 'same';

export interface Tally {
  bad: number;
  same: number;
  slowest: number;
}

/**
 * Tries inputs until `wanted` bad ones were refused. An input that fails is kept under `cases/` before it is shrunk,
 * and fails the test with its seed.
 * @param attempt throws when the input is not treated as it must be
 */
export async function campaign<T>(
  name: string,
  wanted: number,
  inputs: fc.Arbitrary<T>,
  attempt: (input: T) => Promise<Outcome>,
  toCase: (input: T) => unknown,
): Promise<Tally> {
  const tally: Tally = { bad: 0, same: 0, slowest: 0 };
  for (let batch = 0; tally.bad < wanted; batch += 1) {
    const property = fc.asyncProperty(inputs, async (input) => {
      const began = performance.now();
      try {
        const outcome = await attempt(input);
        const took = performance.now() - began;
        tally[outcome] += 1;
        tally.slowest = Math.max(tally.slowest, took);
        if (took > HANG_MS) throw new Error(`took ${Math.round(took)} ms`);
      } catch (error) {
        keep(name, toCase(input), error);
        throw error;
      }
    });
    const numRuns = Math.min(BATCH, wanted - tally.bad);
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
