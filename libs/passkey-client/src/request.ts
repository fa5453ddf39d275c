import type { ErrorCode } from './error-code.ts';
import { ApiError, ConnectionError } from './errors.ts';

export interface ClientOptions {
  /** Origin of the API, such as `https://login.example.com`; left out: the page's own. */
  baseUrl?: string;
  /** Path of the module's routes there, where the host has said another, with or without slashes. Default `/api`. */
  prefix?: string;
  /** Milliseconds to wait for an answer; 15,000 by default. */
  timeout?: number;
  /** Called before a step-up begins that the person did not ask for, so that the page can say so. */
  onStepUp?: () => void;
  /** Sent with each call, by its path. */
  headers?: (path: string) => Record<string, string>;
  /** Used in place of the browser's `fetch`. */
  fetch?: typeof fetch;
}

/** @throws ApiError or ConnectionError */
export type Send = <T>(method: string, path: string, body?: object) => Promise<T>;

/** Calls the API with the browser's cookies, also those of another origin. */
export const createSend = ({
  baseUrl = '',
  prefix = '/api',
  timeout = 15_000,
  headers = () => ({}),
  fetch: send = fetch,
}: ClientOptions): Send => {
  const root = [baseUrl.replace(/\/$/, ''), ...prefix.split('/').filter(Boolean)].join('/');
  return async <T>(method: string, path: string, body?: object): Promise<T> => {
    // AbortSignal.timeout is younger than some browsers that passkeys work in.
    const patience = new AbortController();
    const impatience = setTimeout(() => {
      patience.abort();
    }, timeout);
    let response: Response;
    let text: string;
    try {
      response = await send.call(
        globalThis,
        path.replace('/api', () => root),
        {
          method,
          headers: { ...headers(path), ...(body && { 'Content-Type': 'application/json' }) },
          body: body ? JSON.stringify(body) : undefined,
          credentials: 'include',
          signal: patience.signal,
        },
      );
      text = await response.text();
    } catch (cause) {
      throw new ConnectionError('The server did not answer.', { cause });
    } finally {
      clearTimeout(impatience);
    }
    const answer = parse(text);
    if (response.ok && answer !== undefined) return answer as T;
    const { code, message, data } = (answer ?? {}) as { code?: ErrorCode; message?: string; data?: unknown };
    if (typeof code !== 'string') throw new ConnectionError(`The server answered ${response.status}.`);
    const retryAfter = Number(response.headers.get('retry-after')) || undefined;
    throw new ApiError(code, response.status, message ?? code, data, retryAfter);
  };
};

/** Undefined where it is no JSON, such as the page of a proxy or a captive portal. */
function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return undefined;
  }
}
