/**
 * A map of bounded size, which forgets what was not used for longest: of two halves, the older one goes at once
 * when the younger one is full.
 */
export class RecentMap<T> {
  private young = new Map<string, T>();
  private old = new Map<string, T>();

  constructor(private readonly size: number) {}

  get isEmpty(): boolean {
    return this.young.size === 0 && this.old.size === 0;
  }

  get(key: string): T | undefined {
    const value = this.young.get(key);
    if (value !== undefined) return value;
    const older = this.old.get(key);
    if (older !== undefined) this.set(key, older);
    return older;
  }

  set(key: string, value: T): void {
    this.young.set(key, value);
    if (this.young.size < this.size / 2) return;
    this.old = this.young;
    this.young = new Map();
  }

  delete(key: string): void {
    this.young.delete(key);
    this.old.delete(key);
  }
}
