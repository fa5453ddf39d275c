import {
  applyDecorators,
  type CanActivate,
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  type PipeTransform,
  SetMetadata,
  type Type,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { Exchanges } from '../api/exchanges.service';
import type { HttpRequest } from '../ports/http-exchange';
import type { CurrentSession } from '../ports/session.port';
import { UserDto } from '../management/user.dto';
import { UsersService } from '../management/users.service';
import type { UserProfile } from '../ports/user-directory.port';
import type { UserAccount } from '../users/users.repository';
import type { UserId } from '../webauthn/webauthn-types';
import { Sessions } from './sessions.service';

const SESSION = Symbol('session');
const ACCOUNT = Symbol('account');
const WITH_ACCOUNT = Symbol('withAccount');
const RECENT = Symbol('recentVerification');

/** What a recent verification must have been. */
export interface RecentVerification {
  /** Seconds; the module's `recentSignIn` when left out. */
  maxAge?: number;
  /** `passkey`: a session that came by a code, or by the host's own means, does not pass until a passkey was used. */
  methods?: 'passkey'[];
}

type SignedInRequest = HttpRequest & { [SESSION]?: CurrentSession; [ACCOUNT]?: UserAccount | null };

/** Lets signed-in browsers pass: 401 `auth.unauthorized` otherwise. */
@Injectable()
export class SessionGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    private readonly exchanges: Exchanges,
    private readonly sessions: Sessions,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<SignedInRequest>();
    if (request[SESSION]) return true;
    const exchange = await this.exchanges.of(context);
    if (this.reflector.get<true | undefined>(WITH_ACCOUNT, context.getHandler())) {
      const found = await this.sessions.currentInAccount(exchange);
      request[SESSION] = found?.session;
      request[ACCOUNT] = found?.account;
    } else {
      request[SESSION] = (await this.sessions.current(exchange)) ?? undefined;
    }
    if (!request[SESSION]) throw new ExperienceException('auth.unauthorized');
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

/** @throws Error where SessionGuard is missing */
const found = (context: ExecutionContext) => {
  const { [SESSION]: session, [ACCOUNT]: account = null } = context
    .switchToHttp()
    .getRequest<SignedInRequest>();
  if (!session) throw new Error('@SignedIn needs SessionGuard');
  return { session, account };
};

type Found = ReturnType<typeof found>;

/** The session that SessionGuard found. */
export const SignedIn = createParamDecorator((_: unknown, context: ExecutionContext): CurrentSession => {
  return found(context).session;
});

const SignedInAccount = createParamDecorator((_: unknown, context: ExecutionContext) => found(context));

/** Has SessionGuard read the account with the session, which `pipe` is given. */
const withAccount =
  (pipe: Type<PipeTransform<Found>>): ParameterDecorator =>
  (target, name, index) => {
    const { value: handler } = Object.getOwnPropertyDescriptor(target, name ?? '') as { value: object };
    Reflect.defineMetadata(WITH_ACCOUNT, true, handler);
    SignedInAccount(pipe)(target, name, index);
  };

export interface OwnAccount {
  session: CurrentSession;
  user: UserDto;
}

/** Who is signed in, as the user directory knows them now. */
export interface CurrentUser extends UserProfile {
  id: UserId;
}

@Injectable()
class UserOfSession implements PipeTransform<Found> {
  constructor(private readonly sessions: Sessions) {}

  async transform({ session: { userId: id }, account }: Found): Promise<CurrentUser> {
    const profile = await this.sessions.profileOf(id, account);
    if (!profile) throw new ExperienceException('auth.unauthorized');
    return { id, ...profile };
  }
}

@Injectable()
class AccountOfSession implements PipeTransform<Found> {
  constructor(private readonly users: UsersService) {}

  async transform({ session, account }: Found): Promise<OwnAccount> {
    return { session, user: account ? UserDto.of(account) : await this.users.get(session.userId) };
  }
}

/**
 * The user whose session SessionGuard found, asked of the user directory; `@SignedIn()` has the id alone, and asks nobody.
 * @example @Get() @RequireSession() hello(@CurrentUser() { id, name }: CurrentUser) {}
 */
export const CurrentUser = () => withAccount(UserOfSession);

/** The session, and the account, by one statement where sessions are the module's own. */
export const SignedInToAccount = () => withAccount(AccountOfSession);
