import { Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

/** What is used of the `pg` driver. */
interface Client {
  on(event: 'error', listener: () => void): void;
}
interface Pool {
  on(event: 'acquire', listener: (client: Client) => void): void;
}

/**
 * Listens to every connection's errors, since one that nobody hears ends the process. The pool listens while
 * a client is idle, and a query runner from a moment after it got one until it lets go. In between, a server
 * that shuts down may already have said so. Whoever uses a broken client is told by the failing statement.
 */
@Injectable()
export class ConnectionErrors implements OnModuleInit {
  private readonly heard = new WeakSet<Client>();

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  onModuleInit(): void {
    const { master: pool } = this.dataSource.driver as unknown as { master: Pool };
    pool.on('acquire', (client) => {
      if (this.heard.has(client)) return;
      this.heard.add(client);
      client.on('error', () => undefined);
    });
  }
}
