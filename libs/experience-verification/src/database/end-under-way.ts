import { setTimeout as delay } from 'node:timers/promises';

/** Milliseconds that a server which stops gives to what is under way before it is given up, and to write then what became of it. */
const GRACE_MS = 2_000;
const LAST_WORDS_MS = 1_000;

/** Why it is given up. */
export const STOPPED = 'the server stops';

/** Waits for what is under way as long as a stop may take, and has `end` give up what is left of it. */
export async function endUnderWay(underWay: () => Promise<unknown>, end: AbortController): Promise<void> {
  const within = (milliseconds: number) =>
    Promise.race([underWay(), delay(milliseconds, undefined, { ref: false })]);
  await within(GRACE_MS);
  end.abort(new Error(STOPPED));
  await within(LAST_WORDS_MS);
}
