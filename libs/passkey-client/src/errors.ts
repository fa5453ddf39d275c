import type { ErrorCode } from './error-code.ts';

/** An error that the API answered with. */
export class ApiError extends Error {
  override readonly name = 'ApiError';

  constructor(
    /** Stable; says what happened. */
    readonly code: ErrorCode,
    /** HTTP status. */
    readonly status: number,
    message: string,
    readonly data?: unknown,
    /** Seconds to wait before trying again, where the server says so. */
    readonly retryAfter?: number,
  ) {
    super(message);
  }
}

/** The server could not be reached, or gave no answer of the API's form in time. */
export class ConnectionError extends Error {
  override readonly name = 'ConnectionError';
}

/** No passkey can be used here, whatever the person does. */
export class UnsupportedError extends Error {
  override readonly name = 'UnsupportedError';

  constructor(readonly reason: 'insecure-origin' | 'no-webauthn') {
    super(
      reason === 'insecure-origin'
        ? 'Passkeys need a page of https or localhost.'
        : 'This browser has no WebAuthn.',
    );
  }
}

/** Whether `error` is the API's, with one of these codes. */
export const hasCode = (error: unknown, ...codes: ErrorCode[]): error is ApiError =>
  error instanceof ApiError && codes.includes(error.code);
