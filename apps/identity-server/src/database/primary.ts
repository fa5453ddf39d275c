import type { Socket } from 'node:net';
import { Client, type ClientBase } from 'pg';

/** Milliseconds that one host has to say whether it takes writes. */
const PATIENCE = 1_000;

type Connected = (error: Error | null, client: Client) => void;
type Address = Pick<Client, 'host' | 'port'>;
type Found = Address & { timeline: string };

/** What else is used of the `pg` driver. */
export interface Connection extends Address {
  connection: { stream: Socket };
  /** Whether nothing is asked of it. */
  readyForQuery: boolean;
}

/** A URL with several hosts, as libpq takes it, one by one: of `postgres://a:5432,b:5433/passkey` two. */
export function urlsOfHosts(url: string): string[] {
  const {
    before = '',
    hosts = '',
    after = '',
  } = /^(?<before>\w+:\/\/(?:[^@/]*@)?)(?<hosts>[^/?]*)(?<after>.*)$/.exec(url)?.groups ?? {};
  return hosts.split(',').map((host) => before + host + after);
}

/** What callers are told to try again for: SQLSTATE or system error. */
const failure = (code: string, message: string) => Object.assign(new Error(message), { code });

/**
 * A standby may know nothing yet of what was spent, revoked or suspended, so nothing is asked of one: a proxy may have led
 * there, or the primary been handed over.
 */
async function assertIsPrimary(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
  // SQLSTATE read_only_sql_transaction.
  if (rows[0]?.standby) throw failure('25006', 'is a standby, which takes no writes');
}

async function primaryAt(url: string): Promise<Found> {
  const client = new Client({
    connectionString: url,
    connectionTimeoutMillis: PATIENCE,
    query_timeout: PATIENCE,
  });
  client.on('error', () => undefined);
  try {
    await client.connect();
    await assertIsPrimary(client);
    const { rows } = await client.query<{ timeline: string }>(
      'SELECT substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) AS timeline',
    );
    return { host: client.host, port: client.port, timeline: rows[0]?.timeline ?? '' };
  } finally {
    // A host that is cut off would never say that it has ended.
    client.end().catch(() => undefined);
  }
}

/**
 * The one host, of several, that takes writes. It is looked for anew once a connection to it has failed. One that was cut
 * off, and does not know yet that another has taken over, says that it takes writes too: its timeline is an earlier one.
 */
export class Primary {
  private address: Promise<Address> | null = null;
  /** The latest that was seen; what is of an earlier one is of the past. */
  private timeline = '';
  private readonly connections = new Set<Connection>();

  constructor(private readonly urls: string[]) {}

  /** What a pool calls of a new connection. */
  async examine(client: ClientBase): Promise<void> {
    this.note(client);
    try {
      await assertIsPrimary(client);
    } catch (error) {
      this.forget();
      throw error;
    }
  }

  /** To be called when a connection has failed. */
  forget(): void {
    this.address = null;
  }

  /** A host that owes one an answer would leave who takes another connection waiting as long. */
  breakIdle(): void {
    this.break(({ readyForQuery }) => readyForQuery, 'the database does not answer');
  }

  /** The pool's class of clients, which connect to the primary; where there is one host, the driver's own. */
  get Client(): typeof Client {
    if (this.urls.length === 1) return Client;
    const find = () => this.find();
    const forget = () => {
      this.forget();
    };
    const note = (client: Client) => {
      this.note(client);
    };
    return class extends Client {
      override connect(): Promise<Client>;
      override connect(callback: Connected): void;
      override connect(callback?: Connected): Promise<Client> | undefined {
        const connected = this.connectToPrimary();
        if (!callback) return connected;
        connected.then(
          (client) => {
            callback(null, client);
          },
          (error: unknown) => {
            callback(error as Error, this);
          },
        );
        return undefined;
      }

      private async connectToPrimary(): Promise<Client> {
        try {
          Object.assign(this, await find());
          note(this);
          return await super.connect();
        } catch (error) {
          forget();
          throw error;
        }
      }
    };
  }

  private find(): Promise<Address> {
    return (this.address ??= this.look());
  }

  private async look(): Promise<Address> {
    const answers = await Promise.allSettled(this.urls.map(primaryAt));
    const found = answers.filter((answer) => answer.status === 'fulfilled').map(({ value }) => value);
    const [latest] = found.sort((a, b) => (a.timeline < b.timeline ? 1 : -1));
    if (!latest) {
      throw new AggregateError(answers.map((answer) => (answer as PromiseRejectedResult).reason as unknown));
    }
    const { host, port, timeline } = latest;
    if (timeline < this.timeline) throw failure('25006', 'takes writes of a timeline that is over');
    this.timeline = timeline;
    this.leaveOthers({ host, port });
    return { host, port };
  }

  private note(client: ClientBase): void {
    const connection = client as unknown as Connection;
    this.connections.add(connection);
    client.once('end', () => this.connections.delete(connection));
  }

  /** What is still connected to another host would answer with what was true before. */
  private leaveOthers({ host, port }: Address): void {
    this.break((other) => other.host !== host || other.port !== port, 'another host has taken over');
  }

  private break(isMeant: (connection: Connection) => boolean, why: string): void {
    for (const connection of this.connections) {
      if (isMeant(connection)) connection.connection.stream.destroy(failure('ECONNRESET', why));
    }
  }
}
