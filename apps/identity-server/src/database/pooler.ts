import { setTimeout as delay } from 'node:timers/promises';
import type { Logger } from 'pino';
import type { DataSource } from 'typeorm';
import { ConfigurationError } from '../configuration';

/** What is used of the `pg` driver. */
interface Client {
  query(text: string, values?: unknown[]): Promise<{ rows: unknown[] }>;
  /** Of the session, as who answered the connection has said it. */
  processID: number;
  release(): void;
}

interface Session {
  pid: number;
  /** Milliseconds after which a statement is stopped in sessions that nobody has asked to; 0 is never. */
  statementTimeout: number;
}

const SESSION = `SELECT pg_backend_pid() AS pid,
  (SELECT reset_val::int FROM pg_settings WHERE name = 'statement_timeout') AS "statementTimeout"`;

const sessionOf = async (client: Client): Promise<Session> => {
  const { rows } = await client.query(SESSION);
  return rows[0] as Session;
};

/**
 * Says what stands before a served database. A pooler names sessions as the database does not; one that lends two
 * connections the same session, while neither has closed, lends it for a transaction, and forgets what the server has
 * set. Where others use it meanwhile, that may go unseen.
 * @throws ConfigurationError when it says that writes are done, and has not committed them
 */
export async function examinePooler(dataSource: DataSource, logger: Logger): Promise<void> {
  const pool = (dataSource.driver as unknown as { master: { connect(): Promise<Client> } }).master;
  const clients: [Client, Client] = [await pool.connect(), await pool.connect()];
  try {
    await assertCommits(clients, dataSource);
    const [first, second] = [await sessionOf(clients[0]), await sessionOf(clients[1])];
    if (first.pid === clients[0].processID) return;
    const pooler = first.pid === second.pid ? 'transaction' : 'session';
    logger.info({ pooler }, `A pooler is before the database, and lends sessions for a ${pooler}`);
    if (pooler === 'session' || first.statementTimeout > 0) return;
    logger.warn({
      problem: 'the pooler forgets how long a statement may take: the role must say so',
      statement: `ALTER ROLE ... SET statement_timeout TO '5s'; ALTER ROLE ... SET idle_in_transaction_session_timeout TO '10s'`,
    });
  } finally {
    for (const client of clients) client.release();
  }
}

/** Milliseconds after which a transaction of somebody else, to whom a pooler has lent the session meanwhile, has gone on. */
const LOOK_AGAIN = 200;

/** pgpool-II begins a transaction of its own around a write, and leaves it open: pgpool/pgpool2#172. */
async function assertCommits([writer, onlooker]: [Client, Client], dataSource: DataSource): Promise<void> {
  const { pid } = await sessionOf(writer);
  const sessions = dataSource.entityMetadatas.find(({ tableName }) => tableName === 'sessions');
  await writer.query(`DELETE FROM ${sessions?.tablePath} WHERE id = $1`, [Buffer.alloc(0)]);
  const leftOpen = async () => {
    const { rows } = await onlooker.query(
      `SELECT xact_start::text AS since FROM pg_stat_activity WHERE pid = $1 AND state = 'idle in transaction'`,
      [pid],
    );
    return (rows as { since: string }[])[0]?.since;
  };
  const transaction = await leftOpen();
  if (transaction === undefined) return;
  await delay(LOOK_AGAIN);
  if ((await leftOpen()) !== transaction) return;
  throw new ConfigurationError(
    'DATABASE_URL',
    'the pooler before the database leaves writes uncommitted that it says are done (pgpool-II does: pgpool/pgpool2#172)',
  );
}
