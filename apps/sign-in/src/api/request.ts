/** An error that the API answered with: a stable code (see the API's documentation) and its status. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    readonly code: string,
    readonly status: number,
    message: string,
    readonly data?: unknown,
  ) {
    super(message);
  }
}

/** The server could not be reached, or gave no answer of the API's form in time. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

const TIMEOUT_MS = 15_000;

/**
 * Calls the API with this browser's cookies.
 * @throws ApiError or ConnectionError
 */
export async function request<T>(method: string, path: string, body?: object): Promise<T> {
  let response: Response;
  let text: string;
  try {
    response = await fetch(path, {
      method,
      headers: body ? { 'Content-Type': 'application/json' } : {},
      body: body ? JSON.stringify(body) : undefined,
      signal: AbortSignal.timeout(TIMEOUT_MS),
    });
    text = await response.text();
  } catch (cause) {
    throw new ConnectionError('The server did not answer.', { cause });
  }
  const answer = parse(text);
  if (response.ok) return answer as T;
  const { code, message, data } = (answer ?? {}) as Record<'code' | 'message' | 'data', unknown>;
  if (typeof code !== 'string') throw new ConnectionError(`The server answered ${response.status}.`);
  throw new ApiError(code, response.status, String(message), data);
}

function parse(text: string): unknown {
  try {
    return text ? JSON.parse(text) : null;
  } catch {
    return null;
  }
}
