import { RecentNumbers } from './recent-numbers';
import { tooManyRequests } from './too-many-requests';

/** What a request of an address is charged at most, since no answer costs more. Milliseconds of processor. */
const MOST_A_REQUEST = 50;
/** How long an address may go without being served before nobody needs to be protected for it. Milliseconds. */
const PRESENCE = 60_000;
/** How much time of its share an address may use at once. Milliseconds. */
const BURST = 60_000;
/** Of its share what an address is given: what it is charged is an estimate, and connections that are closed cost too. */
const GIVEN = 0.8;
/** Milliseconds between two looks at the processor time, which ask the kernel: what is used in between, the next charges. */
const BETWEEN_LOOKS = 3;
/** Seconds: who is refused each second would cost more than who is told to wait. */
const LEAST_WAIT = 5;

interface Presence {
  network: string;
  at: number;
}

const processorTime = (): number => {
  const { user, system } = process.cpuUsage();
  return (user + system) / 1000;
};

/**
 * How much of a processor core each address has had (of IPv6: each /64 network). What the process uses is charged to the
 * requests under way, in equal parts, the one that begins among them: it is of its parsing, or of what was asked just before. Networks
 * are as `networkOf` has them.
 */
export class ProcessorShares {
  /** Milliseconds of processor, as of the time beside it. */
  private readonly spentBy = new RecentNumbers();
  /** Milliseconds of processor that one request would have been charged that was under way from the start. */
  private cost = 0;
  private underWay = 0;
  private seen = processorTime();
  private lookedAt = performance.now();
  private latest: Presence = { network: '', at: -Infinity };
  /** The latest of any other network. */
  private another = this.latest;
  /** Of one core. */
  private readonly given: number;
  /** Milliseconds of processor. */
  private readonly burst: number;

  /** @param share of one core that an address may use while others are there, such as 0.05 */
  constructor(private readonly share: number) {
    this.given = share * GIVEN;
    this.burst = this.given * BURST;
  }

  /** Counts a request as under way, until the function is called that it returns. */
  begin(network: string): () => void {
    const before = this.cost;
    // Before the look: what was used since the last one may be of requests that have come and gone.
    this.underWay += 1;
    this.account();
    return () => {
      this.account();
      this.underWay -= 1;
      const slot = this.spentBy.slotOf(network);
      const now = performance.now();
      const spent = this.spentAt(slot, now) + Math.min(MOST_A_REQUEST, this.cost - before);
      // What was refused costs a little too; an address is not kept out for longer than a minute by it.
      this.spentBy.set(slot, Math.min(spent, 2 * this.burst), now);
    };
  }

  /** Somebody is there whom the others must leave something. */
  isHere(network: string): void {
    if (network !== this.latest.network) this.another = this.latest;
    this.latest = { network, at: performance.now() };
  }

  /** Whether an address has had its share while others were there. */
  isSpent(network: string): boolean {
    const other = this.latest.network === network ? this.another : this.latest;
    return performance.now() - other.at < PRESENCE && this.spentOf(network) > this.burst;
  }

  /** 429 `request.too_many`, until there is something left of the share. */
  refusal(network: string): Error {
    const wait = (this.spentOf(network) - this.burst) / this.given;
    return tooManyRequests(
      Math.max(LEAST_WAIT * 1000, wait),
      `more than ${this.share * 100} % of a processor: address ${network}`,
    );
  }

  private spentOf(network: string): number {
    return this.spentAt(this.spentBy.slotOf(network), performance.now());
  }

  private spentAt(slot: number, now: number): number {
    return Math.max(0, this.spentBy.valueAt(slot) - (now - this.spentBy.timeAt(slot)) * this.given);
  }

  /** Charges what was used since the last time to who is under way. */
  private account(): void {
    const at = performance.now();
    if (at - this.lookedAt < BETWEEN_LOOKS) return;
    this.lookedAt = at;
    const now = processorTime();
    this.cost += (now - this.seen) / this.underWay;
    this.seen = now;
  }
}
