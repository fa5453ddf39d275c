import type { Grant, Session } from 'oidc-provider';

/** Seconds. */
const NOTED_EVERY = 60;

interface NotedUse {
  grantId?: string;
  /** What was asked for, and when, in seconds since 1970, the use was noted. */
  noted?: { scope: string; at: number; grantId: string };
}

/**
 * Whether it is time to note again that the session's user has signed in to an application; the session remembers it. A new
 * grant is one of somebody who has disconnected it, or has been nowhere yet.
 */
export function noteUseNow(session: Session, grant: Grant, scope: string): boolean {
  const { clientId, jti: grantId } = grant;
  if (!clientId) return true;
  session.ensureClientContainer(clientId);
  const authorization = session.authorizationFor(clientId) as NotedUse;
  const { noted } = authorization;
  const now = Math.floor(Date.now() / 1000);
  if (noted?.scope === scope && noted.grantId === grantId && noted.at > now - NOTED_EVERY) return false;
  authorization.noted = { scope, grantId, at: now };
  return true;
}
