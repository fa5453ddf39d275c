import { subscribe, unsubscribe } from 'node:diagnostics_channel';

interface Called {
  request: { origin: string; method: string; path: string };
}

interface Answered extends Called {
  response: { statusCode: number; headers: Buffer[] };
}

/** An answer of the server; its status is null when there was none (connection refused, reset). */
export interface Noted {
  call: string;
  status: number | null;
  retryAfter: string | null;
  at: number;
}

/** What a server answers to every call by `fetch` of this process, whoever makes it. */
export class Answers {
  readonly noted: Noted[] = [];

  constructor(private readonly server: { url: string }) {
    subscribe('undici:request:headers', this.onAnswer);
    subscribe('undici:request:error', this.onError);
  }

  stop(): void {
    unsubscribe('undici:request:headers', this.onAnswer);
    unsubscribe('undici:request:error', this.onError);
  }

  /** Neither what was asked for, nor to come again. */
  get wrong(): Noted[] {
    return this.noted.filter(
      ({ status, retryAfter }) =>
        status === null || (status >= 400 && (status !== 503 || !/^\d+$/.test(retryAfter ?? ''))),
    );
  }

  get refused(): number {
    return this.noted.filter(({ status }) => status === 503).length;
  }

  /** When the first was given, after this moment, that is what was asked for. */
  servedAfter(moment: number): number | undefined {
    return this.noted.find(({ status, at }) => at > moment && status !== null && status < 400)?.at;
  }

  private readonly onAnswer = (message: unknown) => {
    const { request, response } = message as Answered;
    const texts = response.headers.map(String);
    const name = texts.findIndex((text, index) => index % 2 === 0 && text.toLowerCase() === 'retry-after');
    this.note(request, response.statusCode, name < 0 ? null : (texts[name + 1] ?? null));
  };

  private readonly onError = (message: unknown) => {
    this.note((message as Called).request, null, null);
  };

  private note(
    { origin, method, path }: Called['request'],
    status: number | null,
    retryAfter: string | null,
  ) {
    if (origin !== this.server.url) return;
    const [asked = ''] = path.split('?');
    this.noted.push({ call: `${method} ${asked}`, status, retryAfter, at: performance.now() });
  }
}
