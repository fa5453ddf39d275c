/** A map of bounded size, which forgets what was not asked for longest. */
export class RecentMap<T> {
  private readonly entries = new Map<string, T>();

  constructor(
    private readonly size: number,
    private readonly forgotten: (value: T) => void = () => undefined,
  ) {}

  get(key: string): T | undefined {
    const value = this.entries.get(key);
    if (value === undefined) return undefined;
    this.entries.delete(key);
    this.entries.set(key, value);
    return value;
  }

  set(key: string, value: T): void {
    this.delete(key);
    this.entries.set(key, value);
    if (this.entries.size <= this.size) return;
    const [oldest] = this.entries.keys();
    if (oldest !== undefined) this.delete(oldest);
  }

  delete(key: string): void {
    const value = this.entries.get(key);
    if (value === undefined) return;
    this.entries.delete(key);
    this.forgotten(value);
  }
}
