import { randomUUID } from 'node:crypto';
import { Browser } from '../../support/browser';
import type { SoftwareAuthenticator } from '../../support/software-authenticator';
import { until } from '../../support/until';

/** One answer of the server, or null when there was none (connection refused, reset). */
export interface Outcome {
  status: number | null;
  code?: unknown;
  retryAfter: string | null;
  at: number;
}

/** People who register without pause, and what they were told. */
export class Registrations {
  /** Usernames whose account the server has acknowledged. */
  readonly acknowledged: string[] = [];
  readonly outcomes: Outcome[] = [];
  private stopped = false;
  private readonly people: Promise<void>[];

  constructor(
    server: () => { url: string },
    count = 6,
    protected readonly newBrowser = (authenticator?: SoftwareAuthenticator) =>
      new Browser(server(), authenticator),
  ) {
    this.people = Array.from({ length: count }, () => this.register());
  }

  async stop(): Promise<void> {
    this.stopped = true;
    await Promise.all(this.people);
  }

  /** Resolves once `more` further accounts have been acknowledged. */
  async until(more: number, seconds = 60): Promise<void> {
    const goal = this.acknowledged.length + more;
    await until(() => this.acknowledged.length >= goal, `no ${more} registrations`, seconds);
  }

  /** Resolves once a call has not been answered as it should be. */
  async untilRefused(seconds = 60): Promise<void> {
    const failed = () => this.outcomes.some(({ status }) => status === null || status >= 300);
    await until(failed, 'no refusal', seconds);
  }

  private async register(): Promise<void> {
    while (!this.stopped) {
      const value = `person-${randomUUID()}`;
      const browser = this.newBrowser();
      const done = await this.steps(browser, value);
      if (done) this.acknowledged.push(value);
      else await new Promise((resolve) => setTimeout(resolve, 20));
    }
  }

  protected async steps(browser: Browser, value: string): Promise<boolean> {
    if (!(await this.note(browser.start('Register')))) return false;
    const created = await this.note(browser.registrationOptions({ type: 'username', value }));
    if (!created) return false;
    const payload = browser.authenticator.register(created.body.registrationOptions);
    if (!(await this.note(browser.verifyRegistration(created.body.verificationId, payload)))) return false;
    return (await this.note(browser.identify(created.body.verificationId))) !== null;
  }

  protected async note<T>(
    call: Promise<{ status: number; body: T; headers: Headers }>,
  ): Promise<{ body: T } | null> {
    const answer = await call.catch(() => null);
    const code = (answer?.body as { code?: unknown } | undefined)?.code;
    const retryAfter = answer?.headers.get('retry-after') ?? null;
    this.outcomes.push({ status: answer?.status ?? null, code, retryAfter, at: performance.now() });
    return answer && answer.status < 300 ? answer : null;
  }
}
