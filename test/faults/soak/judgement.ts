import { growthOf, type Sample } from './growth';

/** Of a server and its database over time. */
export interface Course {
  /** In MB. */
  memory: readonly Sample[];
  handles: readonly Sample[];
  connections: readonly Sample[];
  tables: readonly Sample[];
  wal: readonly Sample[];
  log: readonly Sample[];
  lived: readonly Sample[];
  rows: Readonly<Record<string, readonly Sample[]>>;
}

/** Rows that a life leaves behind, by design, for longer than this lasts: what is kept, and what was begun and given up. */
const LEFT_BY_A_LIFE: Record<string, number> = {
  audit_events: 13,
  deleted_credentials: 1,
  interactions: 1,
  verification_records: 1,
};

/** By how much the second half may rise: a share of its mean, and what a few samples vary by. */
const MAY_RISE = {
  memory: [0.1, 0],
  handles: [0.1, 5],
  connections: [0.1, 2],
  wal: [0.1, 32],
} as const;

/** MB that a life may leave in all tables, and in a server's log. */
const MB_OF_A_LIFE = 0.032;

/** What rose by more than it may, in words, and how many rows of each table stay of a life. */
export function judge(course: Course): { grown: string[]; rowsOfALife: Record<string, number> } {
  const growth = (samples: readonly Sample[]) => growthOf(samples).growth;
  const lives = growth(course.lived);
  const grown: string[] = [];
  for (const [name, [share, least]] of Object.entries(MAY_RISE)) {
    const { mean, growth } = growthOf(course[name as keyof typeof MAY_RISE]);
    if (!(growth < mean * share + least))
      grown.push(`${name}: by ${growth.toFixed(1)} from ${mean.toFixed(1)}`);
  }
  const rowsOfALife = Object.fromEntries(
    Object.entries(course.rows).map(([name, samples]) => [name, growth(samples) / lives]),
  );
  for (const [name, rows] of Object.entries(rowsOfALife)) {
    if (!(rows <= (LEFT_BY_A_LIFE[name] ?? 0) + 0.1))
      grown.push(`${name}: by ${rows.toFixed(2)} rows a life`);
  }
  for (const name of ['tables', 'log'] as const) {
    const size = growth(course[name]) / lives;
    if (!(size < MB_OF_A_LIFE)) grown.push(`${name}: by ${size.toFixed(3)} MB a life`);
  }
  return { grown, rowsOfALife };
}
