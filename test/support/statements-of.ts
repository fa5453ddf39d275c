import { Client } from 'pg';

/** How many statements the work takes; a server does some by the clock, too, which have nothing to do with it. */
export async function statementsOf(work: () => Promise<unknown>): Promise<number> {
  const spy = jest.spyOn(Client.prototype, 'query');
  const counts: number[] = [];
  for (let attempt = 0; attempt < 3; attempt += 1) {
    spy.mockClear();
    await work();
    counts.push(spy.mock.calls.length);
  }
  spy.mockRestore();
  return Math.min(...counts);
}
