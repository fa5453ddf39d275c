import { Inject, Injectable, Logger } from '@nestjs/common';
import { RATE_LIMIT_STORE, type RateLimitStore } from '../ports/rate-limit-store.port';

/** Longest that a request waits for the store, in milliseconds. */
const PATIENCE = 50;

/** The same, for work that nobody waits for. */
export const BACKGROUND_PATIENCE = 1_000;

/** A store that comes and goes is told of once in this time, in milliseconds. */
const TELL_EVERY = 60_000;

/** How long the store is left alone once it has failed or was slow, in milliseconds. */
const REST = 1_000;

/** Keeps a store that is away or slow from failing or delaying anybody: the caller goes on without its answer. */
@Injectable()
export class StoreAccess {
  private readonly logger = new Logger(StoreAccess.name);
  private restUntil = 0;
  private tellAgainAt = 0;
  private away = false;

  constructor(@Inject(RATE_LIMIT_STORE) readonly store: RateLimitStore) {}

  get isResting(): boolean {
    return performance.now() < this.restUntil;
  }

  /** The answer of `work`; null when it fails or takes longer than `patience` milliseconds. */
  async within<T>(work: Promise<T>, patience = PATIENCE): Promise<T | null> {
    let timer: NodeJS.Timeout | undefined;
    const late = new Promise<never>((_, reject) => {
      timer = setTimeout(() => {
        reject(new Error(`no answer within ${patience} ms`));
      }, patience).unref();
    });
    try {
      const answer = await Promise.race([work, late]);
      this.isBack();
      return answer;
    } catch (error) {
      this.isAway(error);
      return null;
    } finally {
      clearTimeout(timer);
    }
  }

  private isAway(error: unknown): void {
    const now = performance.now();
    this.restUntil = now + REST;
    if (!this.away && now >= this.tellAgainAt) {
      this.tellAgainAt = now + TELL_EVERY;
      const cause = error instanceof Error ? error.message : String(error);
      this.logger.warn({ problem: 'limits are not shared: each server counts for itself', cause });
    }
    this.away = true;
  }

  private isBack(): void {
    if (this.away) this.logger.debug('Limits are shared again');
    this.away = false;
  }
}
