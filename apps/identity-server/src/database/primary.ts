import { Client, type ClientBase } from 'pg';

/** Milliseconds that one host has to say whether it takes writes. */
const PATIENCE = 1_000;

type Connected = (error: Error | null, client: Client) => void;
type Address = Pick<Client, 'host' | 'port'>;
type Found = Address & { timeline: string };

/** A URL with several hosts, as libpq takes it, one by one: of `postgres://a:5432,b:5433/passkey` two. */
export function urlsOfHosts(url: string): string[] {
  const {
    before = '',
    hosts = '',
    after = '',
  } = /^(?<before>\w+:\/\/(?:[^@/]*@)?)(?<hosts>[^/?]*)(?<after>.*)$/.exec(url)?.groups ?? {};
  return hosts.split(',').map((host) => before + host + after);
}

/**
 * A standby may know nothing yet of what was spent, revoked or suspended, so nothing is asked of one: a proxy may have led
 * there, or the primary been handed over.
 */
async function assertIsPrimary(client: ClientBase): Promise<void> {
  const { rows } = await client.query<{ standby: boolean }>('SELECT pg_is_in_recovery() AS standby');
  // SQLSTATE read_only_sql_transaction: whoever asks is told to try again.
  if (rows[0]?.standby)
    throw Object.assign(new Error('is a standby, which takes no writes'), { code: '25006' });
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

/** One that was cut off, and does not know yet that another has taken over, says that it takes writes too. */
async function findPrimary(urls: string[]): Promise<Address> {
  const answers = await Promise.allSettled(urls.map(primaryAt));
  const found = answers.filter((answer) => answer.status === 'fulfilled').map(({ value }) => value);
  const [latest] = found.sort((a, b) => (a.timeline < b.timeline ? 1 : -1));
  if (latest) return { host: latest.host, port: latest.port };
  throw new AggregateError(answers.map((answer) => (answer as PromiseRejectedResult).reason as unknown));
}

/** The one host, of several, that takes writes. It is looked for anew once a connection to it has failed. */
export class Primary {
  private address: Promise<Address> | null = null;

  constructor(private readonly urls: string[]) {}

  /** What a pool calls of a new connection. */
  async examine(client: ClientBase): Promise<void> {
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

  /** The pool's class of clients, which connect to the primary; where there is one host, the driver's own. */
  get Client(): typeof Client {
    if (this.urls.length === 1) return Client;
    const find = () => this.find();
    const forget = () => {
      this.forget();
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
          return await super.connect();
        } catch (error) {
          forget();
          throw error;
        }
      }
    };
  }

  private find(): Promise<Address> {
    return (this.address ??= findPrimary(this.urls));
  }
}
