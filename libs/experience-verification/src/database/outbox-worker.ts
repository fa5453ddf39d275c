/** How often an outbox is looked at when nothing wakes it: for retries, and for what another server left. */
const POLL_MS = 1_000;

/** Empties an outbox: one look at a time, and another at once after a look that found something. */
export class OutboxWorker {
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;
  private woken = false;
  private stopped = false;

  /**
   * @param look tries what is due now, or begins to; tells how much that was
   * @param onFailure when the outbox could not be looked at
   */
  constructor(
    private readonly look: () => Promise<number>,
    private readonly onFailure: (error: unknown) => void,
  ) {}

  start(): void {
    this.timer = setInterval(() => void this.wake(), POLL_MS).unref();
    void this.wake();
  }

  /** There may be something in the outbox; resolves once it has been looked at. */
  async wake(): Promise<void> {
    if (this.stopped) return;
    this.woken = true;
    this.running ??= this.run().finally(() => {
      this.running = null;
    });
    await this.running;
  }

  /** No further look; resolves once the present one is over. */
  async stop(): Promise<void> {
    this.stopped = true;
    clearInterval(this.timer);
    await this.running;
  }

  private async run(): Promise<void> {
    while (this.woken && !this.stopped) {
      this.woken = false;
      try {
        if ((await this.look()) > 0) this.woken = true;
      } catch (error) {
        this.onFailure(error);
      }
    }
  }
}
