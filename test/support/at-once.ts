import { InteractionRepository } from '../../libs/experience-verification/src/defaults/interaction.repository';
import {
  SIGN_IN_AT_ONCE,
  type SignInAtOnce,
} from '../../libs/experience-verification/src/interaction/sign-in-at-once';
import type { TestServer } from './test-server';
import { until } from './until';

/** From here on transactions decide every identification and submit, until mocks are restored. */
export function inSteps(server: TestServer): void {
  const atOnce = server.app.get<SignInAtOnce>(SIGN_IN_AT_ONCE, { strict: false });
  const interactions = server.app.get(InteractionRepository, { strict: false });
  jest.spyOn(atOnce, 'submit').mockResolvedValue(null);
  jest.spyOn(atOnce, 'register').mockResolvedValue(null);
  jest.spyOn(atOnce, 'identify').mockImplementation(async (_exchange, id) => ({
    userId: null,
    event: (await interactions.eventOf(id)) ?? 'SignIn',
  }));
}

/** SQL: a row as JSON, so that no column is forgotten but those that are said to differ. */
export const allBut = (row: string, ...columns: string[]): string =>
  `to_jsonb(${row}) - '{${columns.join()}}'::text[] AS row`;

export const NEW_IN_INTERACTIONS = ['id', 'user_id', 'authenticated_at', 'passkey_id', 'expires_at'];

export const NEW_IN_SESSIONS = [...NEW_IN_INTERACTIONS, 'public_id', 'created_at', 'last_seen_at'];

/** Rows that somebody else holds while calls wait for them, and what is changed by then. */
interface Meanwhile {
  /** Statements, each with the same parameters. */
  held: string;
  change: string;
  parameters: unknown[];
  /** How many wait. */
  calls?: number;
}

/** The answer to what has waited for who holds the rows. Needs a database with several sessions. */
export async function meanwhile<T>(
  server: TestServer,
  { held, change, parameters, calls = 1 }: Meanwhile,
  ask: () => Promise<T>,
): Promise<T> {
  const runner = server.database.dataSource.createQueryRunner();
  await runner.startTransaction();
  try {
    await runner.query(held, parameters);
    const answer = ask();
    const waiting = () =>
      server.query(
        `SELECT FROM pg_stat_activity WHERE datname = current_database() AND cardinality(pg_blocking_pids(pid)) > 0`,
      );
    await until(async () => (await waiting()).length >= calls, 'nobody waits');
    await runner.query(change, parameters);
    await runner.commitTransaction();
    return await answer;
  } finally {
    if (runner.isTransactionActive) await runner.rollbackTransaction();
    await runner.release();
  }
}

/** For tests in which a statement waits: where there is one session, none does. */
export const onServed = process.env['TEST_DATABASE_URL'] ? describe : () => undefined;
