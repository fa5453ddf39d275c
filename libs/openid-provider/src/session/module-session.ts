import type { IncomingMessage } from 'node:http';
import { callerOf, type Exchange, type Sessions } from 'nestjs-passkey-sign-in';
import type { default as Provider, KoaContextWithOIDC, Session } from 'oidc-provider';
import { acrOf } from './acr';

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** What is kept of a session beside what the module says: which applications the user has signed in to. */
const keptOf = ({ authorizations, state }: Session): string => JSON.stringify([authorizations, state]);

/** Seconds that a session lasts in which nobody is signed in. */
export const STRANGERS_TTL = 3_600;

export const sessionCookie = (path: string) =>
  ({ httpOnly: true, sameSite: 'lax', signed: true, path }) as const;

/** Under which a session has what was kept of it when it was found. It is saved through a proxy of oidc-provider's. */
const KEPT = Symbol('kept');

/**
 * Makes the module's session the provider's: who is signed in, since when and by what is asked of the module at each
 * request, and the provider's own row, under the same id, only remembers applications. Whatever ends the one ends the other.
 */
export function useModuleSessions(
  provider: Provider,
  sessions: Sessions,
  cookiePath: string,
  exchangeOf: (request: IncomingMessage) => Exchange | undefined,
): void {
  const { Session } = provider;
  const cookie = sessionCookie(cookiePath);
  const { save, persist } = Session.prototype as {
    save: (this: Session, ttl: number) => Promise<string>;
    persist: (this: Session) => Promise<string>;
  };
  const requestUnderWay = () => (provider.constructor as typeof Provider).ctx;

  const remember = (session: Session) =>
    Object.defineProperty<Session>(session, KEPT, { value: keptOf(session) });

  /** Of a browser in which nobody is signed in: what protects its forms, by a cookie of oidc-provider's. */
  async function strangersOf({ oidc }: KoaContextWithOIDC): Promise<Session> {
    const id = oidc.cookies.get(provider.cookieName('session'), cookie);
    const found = id ? await Session.find(id) : undefined;
    // The cookie may be that of a session which this browser has no more.
    return found && found.accountId === undefined ? remember(found) : new Session();
  }

  Object.assign(Session, {
    async get(ctx: KoaContextWithOIDC): Promise<Session> {
      const exchange = exchangeOf(ctx.req);
      const current = exchange && (await sessions.current(exchange));
      let session: Session;
      if (!current) {
        session = await strangersOf(ctx);
      } else {
        const { id, userId, amr, authenticatedAt } = current;
        const found = await Session.find(id);
        session = found ?? new (Session as new (payload: object) => Session)({ uid: id, jti: id });
        session.loginAccount({
          accountId: userId,
          loginTs: seconds(authenticatedAt),
          amr,
          acr: acrOf(amr) ?? '',
        });
        if (!session.acr) delete session.acr;
        if (found) remember(session);
      }
      if (ctx.oidc instanceof provider.OIDCContext) ctx.oidc.entity('Session', session);
      return session;
    },
  });

  Object.assign(Session.prototype, {
    async save(this: Session & { [KEPT]?: string }, ttl: number): Promise<string> {
      if (this[KEPT] === keptOf(this)) return this.jti;
      return save.call(this, ttl);
    },
    /** A page that tells of an error has a form, too, in a session that there may be none of yet. */
    async persist(this: Omit<Session, 'exp'> & { exp?: number }): Promise<string> {
      if (this.exp !== undefined) return persist.call(this as Session);
      requestUnderWay()?.oidc.cookies.set(provider.cookieName('session'), this.jti, cookie);
      return this.save(STRANGERS_TTL);
    },
    /** Its id is the module's; the cookie that the browser is known by is changed there. */
    resetIdentifier: () => undefined,
    async destroy(this: Session & { destroyed?: boolean }): Promise<void> {
      const { req } = requestUnderWay() ?? {};
      const exchange = req && exchangeOf(req);
      if (exchange) await sessions.signOut(exchange, callerOf(exchange.request));
      this.destroyed = true;
    },
  });
}
