import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  type PipeTransform,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { Exchanges } from '../api/exchanges.service';
import type { HttpRequest } from '../ports/http-exchange';
import type { CurrentSession } from '../ports/session.port';
import { USER_DIRECTORY, type UserDirectory, type UserProfile } from '../ports/user-directory.port';
import type { UserId } from '../webauthn/webauthn-types';
import { Sessions } from './sessions.service';

const SESSION = Symbol('session');
const RECENT = Symbol('recentVerification');

/** What a recent verification must have been. */
export interface RecentVerification {
  /** Seconds; the module's `recentSignIn` when left out. */
  maxAge?: number;
  /** `passkey`: a session that came by a code, or by the host's own means, does not pass until a passkey was used. */
  methods?: 'passkey'[];
}

type SignedInRequest = HttpRequest & { [SESSION]?: CurrentSession };

/** Lets signed-in browsers pass: 401 `auth.unauthorized` otherwise. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly exchanges: Exchanges,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    const session = request[SESSION] ?? (await this.sessions.current(await this.exchanges.of(context)));
    if (!session) throw new ExperienceException('auth.unauthorized');
    request[SESSION] = session;
    return true;
  }
}

/** Lets browsers pass whose user proved lately who they are: 403 `session.verification_required` otherwise. */
@Injectable()
export class RecentVerificationGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  canActivate(context: ExecutionContext): boolean {
    const targets = [context.getHandler(), context.getClass()];
    const { maxAge, methods = [] } =
      this.reflector.getAllAndOverride<RecentVerification | undefined>(RECENT, targets) ?? {};
    const session = context.switchToHttp().getRequest<SignedInRequest>()[SESSION];
    const recent = requireRecent(session, maxAge ?? this.options.recentSignIn);
    if (methods.includes('passkey') && !isProvenByPasskey(recent)) {
      throw new ExperienceException('session.passkey_required');
    }
    return true;
  }
}

/**
 * Guards a handler or a controller: the user is signed in (401 `auth.unauthorized`), and has signed in or proved
 * presence within `maxAge` seconds (403 `session.verification_required`), where `methods` says so by a passkey (403
 * `session.passkey_required`). After either the page does a step-up.
 * @example @RequireRecentVerification({ maxAge: 300, methods: ['passkey'] })
 */
export const RequireRecentVerification = (required: RecentVerification = {}) =>
  applyDecorators(SetMetadata(RECENT, required), UseGuards(SessionGuard, RecentVerificationGuard));

/**
 * Guards a handler or a controller: the user is signed in, 401 `auth.unauthorized` otherwise. `@SignedIn()` is the session.
 * @example @RequireSession()
 */
export const RequireSession = () => applyDecorators(UseGuards(SessionGuard));

/** Whether a passkey was used in the session: proof of possession of a key. */
export const isProvenByPasskey = ({ amr }: CurrentSession): boolean => amr.includes('pop');

/** @throws ExperienceException `auth.unauthorized` or `session.verification_required` */
export function requireRecent(session: CurrentSession | null | undefined, maxAge: number): CurrentSession {
  if (!session) throw new ExperienceException('auth.unauthorized');
  if (session.age > maxAge) throw new ExperienceException('session.verification_required');
  return session;
}

/** The session that SessionGuard found. */
export const SignedIn = createParamDecorator((_: unknown, context: ExecutionContext): CurrentSession => {
  const session = context.switchToHttp().getRequest<SignedInRequest>()[SESSION];
  if (!session) throw new Error('@SignedIn needs SessionGuard');
  return session;
});

/** Who is signed in, as the user directory knows them now. */
export interface CurrentUser extends UserProfile {
  id: UserId;
}

@Injectable()
class UserOfSession implements PipeTransform<CurrentSession> {
  constructor(@Inject(USER_DIRECTORY) private readonly directory: UserDirectory) {}

  async transform({ userId: id }: CurrentSession): Promise<CurrentUser> {
    const profile = await this.directory.profileOf(id);
    if (!profile) throw new ExperienceException('auth.unauthorized');
    return { id, ...profile };
  }
}

/**
 * The user whose session SessionGuard found, asked of the user directory; `@SignedIn()` has the id alone, and asks nobody.
 * @example @Get() @RequireSession() hello(@CurrentUser() { id, name }: CurrentUser) {}
 */
export const CurrentUser = () => SignedIn(UserOfSession);
