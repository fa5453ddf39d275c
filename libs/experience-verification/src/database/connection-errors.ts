import { Injectable, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';

/** What is used of the `pg` driver. */
interface Client {
  on(event: 'error', listener: () => void): void;
}
interface Pool {
  on(event: 'acquire', listener: (client: Client) => void): void;
  off(event: 'acquire', listener: (client: Client) => void): void;
}

/** A host may mount the module on its pool again, as its tests do. */
const heard = new WeakSet<Client>();

const hear = (client: Client): void => {
  if (heard.has(client)) return;
  heard.add(client);
  client.on('error', () => undefined);
};

/**
 * Listens to every connection's errors, since one that nobody hears ends the process. The pool listens while
 * a client is idle, and a query runner from a moment after it got one until it lets go. In between, a server
 * that shuts down may already have said so. Whoever uses a broken client is told by the failing statement.
 */
@Injectable()
export class ConnectionErrors implements OnModuleInit, OnApplicationShutdown {
  private pool?: Pool;

  constructor(@InjectDataSource() private readonly dataSource: DataSource) {}

  onModuleInit(): void {
    this.pool = (this.dataSource.driver as unknown as { master: Pool }).master;
    this.pool.on('acquire', hear);
  }

  onApplicationShutdown(): void {
    this.pool?.off('acquire', hear);
  }
}
