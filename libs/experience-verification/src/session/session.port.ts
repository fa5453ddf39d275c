import type { HttpRequest, HttpResponse } from '../http/http-exchange';
import type { UserId } from '../webauthn-types';

/** Authentication method references (RFC 8176): hardware- or software-secured key, user presence, PIN or biometrics. */
export type AuthenticationMethod = 'hwk' | 'swk' | 'pop' | 'user';

/** What the API needs to know of a signed-in browser. */
export interface CurrentSession {
  userId: UserId;
  /** Whether the last sign-in is recent enough for a sensitive action, by the database's clock. */
  recent: boolean;
}

/**
 * Keeps browsers signed in. The default is a cookie and the sessions table; an OpenID Connect provider
 * brings its own.
 */
export interface SessionProvider {
  /** Signs the user in on this browser: a session always begins under a new secret. */
  start(
    request: HttpRequest,
    response: HttpResponse,
    user: { userId: UserId; amr: AuthenticationMethod[] },
  ): Promise<void>;
  /** The session of this browser; null when signed out, expired, or when the user is suspended. */
  current(request: HttpRequest): Promise<CurrentSession | null>;
  /** Signs this browser out. */
  end(request: HttpRequest, response: HttpResponse): Promise<void>;
}

export const SESSION_PROVIDER = Symbol('SESSION_PROVIDER');
