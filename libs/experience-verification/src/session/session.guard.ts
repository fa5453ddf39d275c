import {
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
} from '@nestjs/common';
import { ExperienceException } from '../errors/experience.exception';
import type { HttpRequest } from '../http/http-exchange';
import { type CurrentSession, SESSION_PROVIDER, type SessionProvider } from './session.port';

const SESSION = Symbol('session');

type SignedInRequest = HttpRequest & { [SESSION]?: CurrentSession };

/** Lets signed-in browsers pass: 401 `auth.unauthorized` otherwise. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(@Inject(SESSION_PROVIDER) private readonly sessions: SessionProvider) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const session = await this.sessions.current(request);
    if (!session) throw new ExperienceException('auth.unauthorized');
    request[SESSION] = session;
    return true;
  }
}

/** Lets browsers pass whose sign-in is recent: 403 `session.verification_required`. Stands after SessionGuard. */
@Injectable()
export class RecentSignInGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    requireRecent(context.switchToHttp().getRequest<SignedInRequest>()[SESSION]);
    return true;
  }
}

/** @throws ExperienceException `auth.unauthorized` or `session.verification_required` */
export function requireRecent(session: CurrentSession | null | undefined): CurrentSession {
  if (!session) throw new ExperienceException('auth.unauthorized');
  if (!session.recent) throw new ExperienceException('session.verification_required');
  return session;
}

/** The session that SessionGuard found. */
export const SignedIn = createParamDecorator((_: unknown, context: ExecutionContext): CurrentSession => {
  const session = context.switchToHttp().getRequest<SignedInRequest>()[SESSION];
  if (!session) throw new Error('@SignedIn needs SessionGuard');
  return session;
});
