import type { IncomingMessage } from 'node:http';
import { callerOf, type Exchange, type Sessions } from 'nestjs-passkey-sign-in';
import type { default as Provider, KoaContextWithOIDC, Session } from 'oidc-provider';
import { acrOf } from './acr';

const seconds = (date: Date): number => Math.floor(date.getTime() / 1000);

/** What is kept of a session beside what the module says: which applications the user has signed in to. */
const keptOf = ({ authorizations, state }: Session): string => JSON.stringify([authorizations, state]);

/** Under which a session has what was kept of it when it was found. It is saved through a proxy of oidc-provider's. */
const KEPT = Symbol('kept');

/**
 * Makes the module's session the provider's: who is signed in, since when and by what is asked of the module at each
 * request, and the provider's own row, under the same id, only remembers applications. Whatever ends the one ends the other.
 */
export function useModuleSessions(
  provider: Provider,
  sessions: Sessions,
  exchangeOf: (request: IncomingMessage) => Exchange | undefined,
): void {
  const { Session } = provider;
  const { save } = Session.prototype as { save: (this: Session, ttl: number) => Promise<string> };

  Object.assign(Session, {
    async get(ctx: KoaContextWithOIDC): Promise<Session> {
      const exchange = exchangeOf(ctx.req);
      const current = exchange && (await sessions.current(exchange));
      let session: Session;
      if (!current) {
        session = new Session();
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
        if (found) Object.defineProperty(session, KEPT, { value: keptOf(session) });
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
    /** Its id is the module's; the cookie that the browser is known by is changed there. */
    resetIdentifier: () => undefined,
    async destroy(this: Session & { destroyed?: boolean }): Promise<void> {
      const { req } = (provider.constructor as typeof Provider).ctx ?? {};
      const exchange = req && exchangeOf(req);
      if (exchange) await sessions.signOut(exchange, callerOf(exchange.request));
      this.destroyed = true;
    },
  });
}
