import { AsyncLocalStorage } from 'node:async_hooks';
import { Injectable } from '@nestjs/common';
import type { Application, ClaimsSource } from '../ports/application';
import type { FoundPayload } from './payloads.repository';

interface Kinds {
  /** By its key, base64. */
  payload: FoundPayload;
  application: Application;
  user: ClaimsSource;
}

/**
 * What a statement has brought beside what it was asked for, until the same request asks for that: each is taken once, and
 * nothing of it outlives the request.
 */
@Injectable()
export class Prefetched {
  private readonly ofRequest = new AsyncLocalStorage<Map<string, Kinds[keyof Kinds]>>();

  /** Does the work of a request. */
  during<T>(work: () => T): T {
    return this.ofRequest.run(new Map(), work);
  }

  put<K extends keyof Kinds>(kind: K, id: string, value: Kinds[K]): void {
    this.ofRequest.getStore()?.set(`${kind} ${id}`, value);
  }

  take<K extends keyof Kinds>(kind: K, id: string): Kinds[K] | undefined {
    const values = this.ofRequest.getStore();
    const found = values?.get(`${kind} ${id}`) as Kinds[K] | undefined;
    values?.delete(`${kind} ${id}`);
    return found;
  }
}
