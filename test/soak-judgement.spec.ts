import { type Course, judge } from './faults/soak/judgement';

/** An hour of two lives a second, sampled as the soak does. */
const over = (value: (at: number) => number) =>
  Array.from({ length: 300 }, (_, index) => [index * 12, value(index * 12)] as const);

/** Up and down, as they are in a server that is well. */
const around = (mean: number, by: number) => over((at) => mean + by * Math.sin(at / 90));

const well: Course = {
  memory: around(200, 10),
  handles: around(33, 3),
  connections: around(11, 2),
  tables: over((at) => 10 + at * 0.02),
  wal: around(64, 16),
  log: over((at) => at * 0.01),
  lived: over((at) => at * 2),
  rows: {
    users: around(20, 10),
    sessions: around(40, 20),
    audit_events: over((at) => at * 2 * 11),
    deleted_credentials: over((at) => at * 2),
  },
};

describe('what the soak calls growth', () => {
  it('is nothing that comes and goes, or is kept on purpose', () => {
    expect(judge(well).grown).toEqual([]);
  });

  it.each<[what: string, changed: Partial<Course>]>([
    ['memory', { memory: over((at) => 200 + at * 0.02) }],
    ['handles', { handles: over((at) => 33 + at / 100) }],
    ['connections', { connections: over((at) => 11 + at / 300) }],
    ['wal', { wal: over((at) => 64 + at * 0.05) }],
    ['tables', { tables: over((at) => 10 + at * 0.08) }],
    ['log', { log: over((at) => at * 0.08) }],
    ['sessions', { rows: { ...well.rows, sessions: over((at) => at * 0.5) } }],
    ['audit_events', { rows: { ...well.rows, audit_events: over((at) => at * 2 * 14) } }],
    ['a_later_table', { rows: { ...well.rows, a_later_table: over((at) => at * 0.5) } }],
  ])('is %s that stay', (what, changed) => {
    const { grown } = judge({ ...well, ...changed });
    expect(grown).toEqual([expect.stringMatching(new RegExp(`^${what}: by `))]);
  });

  it('is what was not measured at all', () => {
    expect(judge({ ...well, handles: [] }).grown).toEqual(['handles: by NaN from NaN']);
  });
});
