/** One call of a server, from when to when in milliseconds (`performance.now()`), and how it was answered: null when it was not. */
export interface Call {
  began: number;
  ended: number;
  what: string;
  status: number | null;
}

/** What goes on while answers may be late, or be refused: a fault, or the machine's own standstill. */
export interface Span {
  began: number;
  ended: number;
}

const TICK = 50;

/** Notes each call that this process makes by `fetch`, and each time in which the process itself came too late to anything. */
export class Calls {
  readonly all: Call[] = [];
  readonly standstills: Span[] = [];
  private last = performance.now();
  private readonly timer = setInterval(() => {
    const now = performance.now();
    if (now - this.last > TICK + 200) this.standstills.push({ began: this.last, ended: now });
    this.last = now;
  }, TICK);
  /** A spy of Jest's would keep every answer, some GB in an hour. */
  private readonly send = globalThis.fetch;

  constructor() {
    globalThis.fetch = async (input, init) => {
      const url = input instanceof Request ? input.url : String(input);
      const call: Call = { began: performance.now(), ended: NaN, what: new URL(url).pathname, status: null };
      try {
        const answer = await this.send(input, init);
        call.status = answer.status;
        return answer;
      } finally {
        call.ended = performance.now();
        this.all.push(call);
      }
    };
  }

  stop(): void {
    clearInterval(this.timer);
    globalThis.fetch = this.send;
  }
}

/** Those that none of the spans touches. */
export const outside = (calls: readonly Call[], spans: readonly Span[]): Call[] =>
  calls.filter(({ began, ended }) => !spans.some((span) => began < span.ended && ended > span.began));
