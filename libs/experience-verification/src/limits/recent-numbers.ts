const SETS = 16_384;
const SLOTS_OF_SET = 4;
const SLOTS = SETS * SLOTS_OF_SET;

const scrambled = (bits: number): number => bits ^ (bits >>> 15);

/**
 * A number and a time for each key, of as many keys as fit: a new one takes the slot whose time is the earliest of the four
 * that it may have. In arrays, since an object for each key of a request that comes once would cost the collector more than
 * the request's limits cost. Keys are told apart by 64 bits of a hash that nobody else can work out.
 */
export class RecentNumbers {
  private readonly hashes = new Uint32Array(2 * SLOTS);
  private readonly values = new Float64Array(SLOTS);
  private readonly times = new Float64Array(SLOTS);
  private readonly seeds = crypto.getRandomValues(new Uint32Array(2));

  /** Where a key's value and time are, until the next key is asked for; both are zero when it is new. */
  slotOf(key: string): number {
    let [one = 0, other = 0] = this.seeds;
    for (let index = 0; index < key.length; index += 1) {
      const code = key.charCodeAt(index);
      one = scrambled(Math.imul(one ^ code, 0x9e3779b1));
      other = scrambled(Math.imul(other ^ code, 0x85ebca6b));
    }
    one >>>= 0;
    other >>>= 0;
    const first = (one % SETS) * SLOTS_OF_SET;
    let earliest = first;
    for (let slot = first; slot < first + SLOTS_OF_SET; slot += 1) {
      if (this.hashes[2 * slot] === one && this.hashes[2 * slot + 1] === other) return slot;
      if (this.timeAt(slot) < this.timeAt(earliest)) earliest = slot;
    }
    this.hashes[2 * earliest] = one;
    this.hashes[2 * earliest + 1] = other;
    this.set(earliest, 0, 0);
    return earliest;
  }

  valueAt(slot: number): number {
    return this.values[slot] ?? 0;
  }

  timeAt(slot: number): number {
    return this.times[slot] ?? 0;
  }

  set(slot: number, value: number, time: number): void {
    this.values[slot] = value;
    this.times[slot] = time;
  }
}
