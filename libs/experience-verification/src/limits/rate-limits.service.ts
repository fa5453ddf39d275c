import { Injectable, type OnModuleDestroy } from '@nestjs/common';
import { sharedKey } from './limit-key';
import type { WindowCount } from '../ports/rate-limit-store.port';
import { RecentMap } from './recent-map';
import { RecentNumbers } from './recent-numbers';
import { BACKGROUND_PATIENCE, StoreAccess } from './store-access';
import { tooManyRequests } from './too-many-requests';

/** How many requests of a key are admitted in a window. */
export interface Rate {
  /** Says what is limited and whom. */
  key: string;
  limit: number;
  /** Milliseconds. */
  window: number;
}

/** What this server knows of a key that is busy. */
interface Counter extends Rate {
  /** Counted by all servers, as the store told last. */
  told: number;
  /** Counted here, and under way to the store. */
  sent: number;
  /** Counted here since. */
  ahead: number;
  resetAt: number;
}

/** What of the limit a server may admit before it tells the others. */
const SHARE = 0.1;
/** From which part of the limit on the store is asked before a request is admitted. */
const ASK_FROM = 0.5;
const BATCH_MS = 100;
const MOST_BUSY_KEYS = 50_000;

const known = ({ told, sent, ahead }: Counter): number => told + sent + ahead;

/**
 * Counts requests in this process, and shares with the other servers only the counts of keys that are busy: a
 * request of a quiet key costs no round trip and no object, and one of a busy key costs its share of a batch. Where a limit is
 * near, the store is asked first. So `n` servers together admit at most limit × (1 + n / 10) in a window; one
 * server alone, exactly the limit.
 */
@Injectable()
export class RateLimits implements OnModuleDestroy {
  /** How often each of the others was seen, and until when that counts. */
  private readonly quiet = new RecentNumbers();
  private readonly busy = new RecentMap<Counter>(MOST_BUSY_KEYS);
  private readonly queue = new Set<Counter>();
  private running: Promise<unknown> = Promise.resolve();
  private next: Promise<Map<Counter, number>> | null = null;
  private timer: NodeJS.Timeout | undefined;

  constructor(private readonly access: StoreAccess) {}

  async onModuleDestroy(): Promise<void> {
    clearTimeout(this.timer);
    await this.running.catch(() => undefined);
  }

  /**
   * Counts a request under each key, unless one has reached its limit.
   * @throws ExperienceException `request.too_many`
   */
  async admit(rates: Rate[]): Promise<void> {
    const now = performance.now();
    for (const { key } of rates) this.refuse(key, now);
    const near: Counter[] = [];
    for (const rate of rates) {
      const counter = this.count(rate, now);
      if (counter) near.push(counter);
    }
    if (near.length === 0) return;
    const positions = near.map((counter) => counter.ahead);
    const countedBefore = await this.access.within(this.shareSoon());
    for (const [index, counter] of near.entries()) {
      const before = countedBefore?.get(counter);
      const count = before === undefined ? known(counter) : before + (positions[index] ?? 0);
      if (count > counter.limit) throw refusal(counter);
    }
  }

  /**
   * Refuses under a key that has reached its limit, and counts nothing.
   * @throws ExperienceException `request.too_many`
   */
  refuseFull(rate: Rate): void {
    this.refuse(rate.key, performance.now());
  }

  private refuse(key: string, now: number): void {
    const counter = this.busyOf(key, now);
    if (counter && known(counter) >= counter.limit) throw refusal(counter);
  }

  private busyOf(key: string, now: number): Counter | undefined {
    const counter = this.busy.get(key);
    return counter && counter.resetAt > now ? counter : undefined;
  }

  /** Counts one request, and answers the key's counter when the store must be asked before it is admitted. */
  private count(rate: Rate, now: number): Counter | undefined {
    const share = rate.limit * SHARE;
    const counter = this.busyOf(rate.key, now) ?? this.countQuietly(rate, share, now);
    if (!counter) return undefined;
    counter.ahead += 1;
    if (known(counter) <= share || this.access.isResting) return undefined;
    this.queue.add(counter);
    if (counter.sent + counter.ahead > share || known(counter) > counter.limit * ASK_FROM) return counter;
    this.timer ??= setTimeout(() => {
      void this.access.within(this.shareSoon(), BACKGROUND_PATIENCE);
    }, BATCH_MS).unref();
    return undefined;
  }

  /** Counts one request of a key while it has no more than its share; then it becomes a busy one, by which it is counted. */
  private countQuietly({ key, limit, window }: Rate, share: number, now: number): Counter | undefined {
    const { quiet } = this;
    const slot = quiet.slotOf(key);
    const isOver = quiet.timeAt(slot) <= now;
    const before = isOver ? 0 : quiet.valueAt(slot);
    const resetAt = isOver ? now + window : quiet.timeAt(slot);
    if (before + 1 <= share) {
      quiet.set(slot, before + 1, resetAt);
      return undefined;
    }
    const counter = { key, limit, window, told: 0, sent: 0, ahead: before, resetAt };
    this.busy.set(key, counter);
    // Its next window begins with none.
    quiet.set(slot, 0, 0);
    return counter;
  }

  /** Sends what is queued, after the batch that is under way; tells what was counted of each key before. */
  private shareSoon(): Promise<Map<Counter, number>> {
    this.next ??= this.running.then(
      () => this.share(),
      () => this.share(),
    );
    return this.next;
  }

  private share(): Promise<Map<Counter, number>> {
    clearTimeout(this.timer);
    this.timer = undefined;
    this.next = null;
    const batch = [...this.queue];
    this.queue.clear();
    const sharing = this.send(batch);
    this.running = sharing;
    return sharing;
  }

  private async send(batch: Counter[]): Promise<Map<Counter, number>> {
    for (const counter of batch) {
      counter.sent = counter.ahead;
      counter.ahead = 0;
    }
    try {
      const hits = batch.map(({ key, sent, window }) => ({ key: sharedKey(key), count: sent, window }));
      const counts = hits.length > 0 ? await this.access.store.add(hits) : [];
      return new Map(batch.map((counter, index) => [counter, this.learn(counter, counts[index])]));
    } catch (error) {
      for (const counter of batch) {
        counter.ahead += counter.sent;
        counter.sent = 0;
      }
      throw error;
    }
  }

  private learn(counter: Counter, { count, msLeft }: WindowCount = { count: 0, msLeft: 0 }): number {
    const before = count - counter.sent;
    counter.told = count;
    counter.sent = 0;
    counter.resetAt = performance.now() + msLeft;
    return before;
  }
}

const refusal = ({ key, limit, resetAt }: Counter) =>
  tooManyRequests(resetAt - performance.now(), `more than ${limit} requests: ${key}`);
