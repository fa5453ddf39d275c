import { Registrations } from '../../faults/support/registrations';
import { HOST, type ProxiedBrowser, type Way } from './proxied-browser';

export const VERSIONS = ['HTTP/2', 'HTTP/1.1'] as const;

/** Of the people who register meanwhile, over both versions, nobody sees a failure. */
export async function expectNoneDropped(
  proxy: string,
  browserOver: (version: Way['version']) => ProxiedBrowser,
  during: (load: Registrations) => Promise<void>,
): Promise<void> {
  const people: ProxiedBrowser[] = [];
  const loads = VERSIONS.map((version) => {
    const newBrowser = () => {
      const browser = browserOver(version);
      people.push(browser);
      return browser;
    };
    return new Registrations(() => ({ url: `https://${HOST}` }), 3, newBrowser);
  });
  try {
    for (const load of loads) await load.until(5);
    await during(loads[0]!);
    for (const load of loads) await load.until(10);
  } finally {
    for (const load of loads) await load.stop();
  }
  const outcomes = loads.flatMap((load) => load.outcomes);
  expect(outcomes.filter(({ status }) => status === null || status >= 300)).toEqual([]);
  const again = people.reduce((sum, { sentAgain }) => sum + sentAgain, 0);
  console.log(`${proxy}: of ${outcomes.length} requests ${again} were sent on another connection`);
}
