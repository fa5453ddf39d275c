/** A generator of numbers that a seed determines (mulberry32). */
export class Random {
  constructor(private state: number) {}

  /** 0 to 1, without 1. */
  next(): number {
    this.state = (this.state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.state ^ (this.state >>> 15), 1 | this.state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  }

  /** 0 to `limit`, without `limit`. */
  below = (limit: number): number => Math.floor(this.next() * limit);

  pick = <T>(values: readonly T[]): T => values[this.below(values.length)] as T;
}
