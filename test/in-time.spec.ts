import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { inTime } from '../libs/experience-verification/src/database/in-time';

setFlagsFromString('--expose-gc');
const collectGarbage = runInNewContext('gc') as () => void;

const untilAborted = (signal: AbortSignal) =>
  new Promise<never>((_, reject) => {
    const tell = () => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) tell();
    signal.addEventListener('abort', tell);
  });

/** What it ends with; "nothing" where that takes seconds. */
async function endOf(work: Promise<unknown>): Promise<string> {
  let looks = 0;
  return new Promise((resolve) => {
    const collecting = setInterval(() => {
      collectGarbage();
      if ((looks += 1) > 100) end('nothing');
    }, 20);
    const end = (how: string) => {
      clearInterval(collecting);
      resolve(how);
    };
    work.then(
      () => {
        end('done');
      },
      (error: unknown) => {
        end(String(error));
      },
    );
  });
}

describe('work in time', () => {
  const never = () => new AbortController().signal;

  it('is over when its time is, whatever garbage is collected meanwhile', async () => {
    expect(await endOf(inTime(200, never(), untilAborted))).toBe('TimeoutError: not done within 200 ms');
  });

  it('is a request that nobody answers, too', async () => {
    const silent = createServer().listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const url = `http://127.0.0.1:${(silent.address() as AddressInfo).port}`;
    try {
      const end = await endOf(inTime(200, never(), (signal) => fetch(url, { method: 'POST', signal })));
      expect(end).toBe('TimeoutError: not done within 200 ms');
    } finally {
      silent.close();
      silent.closeAllConnections();
    }
  });

  it('is over when the server stops, or has stopped', async () => {
    const stopping = new AbortController();
    setTimeout(() => {
      stopping.abort(new Error('the server stops'));
    }, 100);
    expect(await endOf(inTime(60_000, stopping.signal, untilAborted))).toBe('Error: the server stops');
    expect(await endOf(inTime(60_000, stopping.signal, untilAborted))).toBe('Error: the server stops');
  });

  it('answers, and is aborted no more', async () => {
    const stopping = new AbortController();
    const signal = await inTime(50, stopping.signal, (given) => Promise.resolve(given));
    stopping.abort();
    await new Promise((resolve) => setTimeout(resolve, 100));
    expect(signal.aborted).toBe(false);
  });
});
