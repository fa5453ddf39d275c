/** Milliseconds that who failed waits before the next turn. */
const PAUSE = 20;

/** People who take one turn after the other, all at once, until they are stopped. */
export class Crowd {
  private stopped = false;
  private readonly people: Promise<void>[];

  /**
   * @param take a turn, of which every person's have numbers of their own: those that follow on each other are of two kinds
   * @param onFailure of a turn
   */
  constructor(
    count: number,
    private readonly take: (turn: number) => Promise<void>,
    private readonly onFailure: (error: unknown) => void,
  ) {
    this.people = Array.from({ length: count }, (_, index) => this.goOn(index));
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.people);
  }

  private async goOn(index: number): Promise<void> {
    for (let turn = index; !this.stopped; turn += 1) {
      try {
        await this.take(turn);
      } catch (error) {
        this.onFailure(error);
        await new Promise((resolve) => setTimeout(resolve, PAUSE));
      }
    }
  }
}
