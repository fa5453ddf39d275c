import type { Client, ClientBase } from 'pg';
import { type Connection, Primary } from './primary';

/** A database or role may write dates another way, which the driver does not read. */
export const DATES = `SET datestyle TO 'ISO'`;

/**
 * A statement that takes long is stopped by the database, and the caller told to try again. Milliseconds. They are set
 * once connected: as parameters of the connection poolers refuse them.
 */
const TIMEOUTS = `SET statement_timeout TO 5000; SET idle_in_transaction_session_timeout TO 10000`;

/** Milliseconds: the database itself ends a statement earlier. */
const SILENCE = 7_000;

/** What the driver's pool is told of connections to a served database. */
export class ServedConnections {
  readonly keepAlive = true;
  readonly Client: typeof Client;
  private silenceIsLimited = false;

  /** @param urls of the database's hosts, of which one takes writes */
  constructor(urls: string[]) {
    this.primary = new Primary(urls);
    this.Client = this.primary.Client;
  }

  private readonly primary: Primary;

  readonly onConnect = async (client: ClientBase): Promise<void> => {
    this.breakWhenSilent(client as unknown as Connection);
    await this.primary.examine(client);
    await client.query(`${DATES}; ${TIMEOUTS}`);
  };

  /** From now on statements have a limit: those of migrations take as long as they take. */
  limitSilence(): void {
    this.silenceIsLimited = true;
  }

  /**
   * Breaks a connection that owes an answer and says nothing: of a host that is cut off no other sign comes for a quarter of
   * an hour. Callers are told to try again, and the pool connects anew.
   */
  private breakWhenSilent(client: Connection): void {
    const { stream } = client.connection;
    stream.setTimeout(SILENCE).on('timeout', () => {
      if (!this.silenceIsLimited || client.readyForQuery) return;
      this.primary.forget();
      this.primary.breakIdle();
      stream.destroy(Object.assign(new Error('the database does not answer'), { code: 'ETIMEDOUT' }));
    });
  }
}
