import { randomBytes, randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  AUTHENTICATION_METHODS,
  type CurrentSession,
  type Exchange,
  ExperienceException,
  type FinishedInteraction,
  type Identification,
  type InteractionEvent,
  type InteractionId,
  type InteractionProvider,
  nodeResponse,
  type SessionProvider,
  type SessionSelection,
  type SessionSummary,
  type UserId,
} from 'nestjs-passkey-sign-in';
import type { default as Provider } from 'oidc-provider';
import type { EntityManager } from 'typeorm';
import { UserStates } from './user-states';

export const PROVIDER = Symbol('PROVIDER');

type Interaction = InstanceType<Provider['Interaction']>;
type Session = InstanceType<Provider['Session']>;

/** Seconds. */
const TTL = { interaction: 3600, session: 14 * 86_400 };

const now = () => Math.floor(Date.now() / 1000);

const setCookie = ({ response }: Exchange, name: string, value: string | null, path = '/') =>
  nodeResponse(response).appendHeader(
    'set-cookie',
    `${name}=${value ?? '; Max-Age=0'}; Path=${path}; HttpOnly; SameSite=Lax`,
  );

/** What the module notes in an interaction of the provider until it is finished. */
interface Experience {
  event: InteractionEvent;
  identified?: Identification;
}

/**
 * A sketch of interactions that are an OpenID Connect provider's: a client's authorization request goes on where
 * it was interrupted. A browser that came for no client gets one that returns to the account page.
 */
@Injectable()
export class OidcInteraction implements InteractionProvider {
  /** Of several processes the provider's store decides, by one statement. */
  private readonly finished = new Set<string>();

  constructor(
    @Inject(PROVIDER) private readonly provider: Provider,
    private readonly users: UserStates,
  ) {}

  async current(exchange: Exchange): Promise<InteractionId | null> {
    const interaction = await this.ofBrowser(exchange);
    return interaction ? toId(interaction.uid) : null;
  }

  async currentOrNew(exchange: Exchange): Promise<InteractionId> {
    return (await this.current(exchange)) ?? this.replace(exchange, undefined, { event: 'SignIn' });
  }

  async restart(exchange: Exchange, event: InteractionEvent): Promise<InteractionId> {
    return this.replace(exchange, await this.ofBrowser(exchange), { event });
  }

  async eventOf(id: InteractionId): Promise<InteractionEvent> {
    return experienceOf(await this.find(id)).event;
  }

  async identifiedUser(id: InteractionId): Promise<UserId | null> {
    const { identified } = experienceOf(await this.find(id));
    return identified && (await this.users.maySignIn(identified.userId)) ? identified.userId : null;
  }

  async identification(id: InteractionId): Promise<Identification | null> {
    return (await this.identifiedUser(id)) === null
      ? null
      : (experienceOf(await this.find(id)).identified ?? null);
  }

  async identify(id: InteractionId, proof: Identification): Promise<void> {
    const interaction = await this.required(id);
    const { event, identified = proof } = experienceOf(interaction);
    if (identified.userId !== proof.userId) throw new ExperienceException('session.identity_conflict');
    await note(interaction, {
      event,
      identified: {
        ...proof,
        passkeyId: proof.passkeyId ?? identified.passkeyId,
        amr: [...new Set([...identified.amr, ...proof.amr])],
      },
    });
  }

  async renew(id: InteractionId, exchange: Exchange): Promise<InteractionId> {
    const interaction = await this.required(id);
    return this.replace(exchange, interaction, experienceOf(interaction));
  }

  async finish(exchange: Exchange, transaction: EntityManager): Promise<FinishedInteraction> {
    const interaction = await this.ofBrowser(exchange);
    if (!interaction) throw new ExperienceException('session.interaction_not_found');
    const { identified } = experienceOf(interaction);
    if (!identified) throw new ExperienceException('session.identifier_not_found');
    const { userId, amr } = identified;
    // The provider's store keeps JSON.
    const authenticatedAt = new Date(identified.authenticatedAt);
    if (!(await this.users.maySignIn(userId, transaction))) throw new ExperienceException('user.suspended');
    if (this.finished.has(interaction.uid)) throw new ExperienceException('session.interaction_not_found');
    this.finished.add(interaction.uid);
    interaction.result = {
      ...interaction.lastSubmission,
      login: { accountId: userId, amr, ts: Math.floor(authenticatedAt.getTime() / 1000) },
    };
    await interaction.persist();
    setCookie(exchange, this.provider.cookieName('interaction'), null);
    return { ...identified, authenticatedAt, redirectTo: interaction.returnTo };
  }

  async abandon(exchange: Exchange): Promise<void> {
    await (await this.ofBrowser(exchange))?.destroy();
    setCookie(exchange, this.provider.cookieName('interaction'), null);
  }

  private ofBrowser({ cookies }: Exchange): Promise<Interaction | undefined> {
    return this.byUid(cookies[this.provider.cookieName('interaction')]);
  }

  private find(id: InteractionId): Promise<Interaction | undefined> {
    return this.byUid(id.toString());
  }

  private async byUid(uid: string | undefined): Promise<Interaction | undefined> {
    return uid === undefined || this.finished.has(uid) ? undefined : this.provider.Interaction.find(uid);
  }

  private async required(id: InteractionId): Promise<Interaction> {
    const interaction = await this.find(id);
    if (!interaction) throw new ExperienceException('session.interaction_not_found');
    return interaction;
  }

  /** The same request of a client under a new secret, for this browser alone. */
  private async replace(
    exchange: Exchange,
    earlier: Interaction | undefined,
    experience: Experience,
  ): Promise<InteractionId> {
    const uid = randomBytes(32).toString('base64url');
    const { returnTo, prompt, params, session, grantId, trusted, lastSubmission, cid } = earlier ?? {
      returnTo: '/account',
      prompt: { name: 'login', reasons: [], details: {} },
      params: {},
      cid: uid,
    };
    const interaction = Object.assign(new this.provider.Interaction(), {
      ...{ uid, returnTo, prompt, params, session, grantId, trusted, lastSubmission, cid },
      result: { experience },
    });
    await interaction.save(TTL.interaction);
    await earlier?.destroy();
    setCookie(exchange, this.provider.cookieName('interaction'), uid);
    const resumePath = new URL(returnTo, this.provider.issuer).pathname;
    setCookie(exchange, this.provider.cookieName('resume'), uid, resumePath);
    return toId(uid);
  }
}

const toId = (uid: string): InteractionId => Buffer.from(uid) as InteractionId;

const experienceOf = (interaction: Interaction | undefined): Experience =>
  (interaction?.result?.['experience'] as Experience | undefined) ?? { event: 'SignIn' };

async function note(interaction: Interaction, experience: Experience): Promise<void> {
  interaction.result = { experience };
  await interaction.persist();
}

/** A sketch of sessions that are the provider's: signed in here is signed in at its authorization endpoint. */
@Injectable()
export class OidcSession implements SessionProvider {
  /** The provider's store has no index of them by user. */
  private readonly idsOf = new Map<UserId, Set<string>>();

  constructor(
    @Inject(PROVIDER) private readonly provider: Provider,
    private readonly users: UserStates,
  ) {}

  async start(exchange: Exchange, user: Identification): Promise<void> {
    const { userId, amr, authenticatedAt, passkeyId } = user;
    let session = await this.ofBrowser(exchange);
    // The interaction of somebody who signs in again names the session that it began with.
    if (session?.accountId === userId) this.replaceSecret(session);
    else {
      await session?.destroy();
      session = new this.provider.Session();
    }
    session.loginAccount({ accountId: userId, amr, loginTs: Math.floor(authenticatedAt.getTime() / 1000) });
    session.state = { id: randomUUID(), passkeyId, createdAt: now() };
    await this.keep(exchange, session, userId);
  }

  async current(exchange: Exchange): Promise<CurrentSession | null> {
    const session = await this.ofBrowser(exchange);
    const userId = session?.accountId as UserId | undefined;
    if (!session || userId === undefined || !(await this.users.maySignIn(userId))) return null;
    const { id, amr, authenticatedAt, passkeyId } = summaryOf(session);
    return { id, userId, amr, authenticatedAt, passkeyId, age: now() - (session.loginTs ?? 0) };
  }

  async renew(exchange: Exchange, proof: Pick<Identification, 'amr' | 'passkeyId'>): Promise<void> {
    const session = await this.ofBrowser(exchange);
    if (session?.accountId === undefined) return;
    const { accountId } = session;
    const { amr, passkeyId } = summaryOf(session);
    this.replaceSecret(session);
    session.loginAccount({ accountId, amr: [...new Set([...amr, ...proof.amr])], loginTs: now() });
    session.state = { ...session.state, passkeyId: passkeyId ?? proof.passkeyId };
    await this.keep(exchange, session, accountId as UserId);
  }

  async end(exchange: Exchange): Promise<void> {
    await (await this.ofBrowser(exchange))?.destroy();
    setCookie(exchange, this.provider.cookieName('session'), null);
  }

  async list(userId: UserId): Promise<SessionSummary[]> {
    return (await this.of(userId)).map(summaryOf);
  }

  async endOne(userId: UserId, id: string): Promise<boolean> {
    const session = (await this.of(userId)).find((one) => summaryOf(one).id === id);
    await session?.destroy();
    return session !== undefined;
  }

  async endAll(
    userId: UserId,
    _transaction: EntityManager,
    { passkeyId, except }: SessionSelection = {},
  ): Promise<void> {
    const kept = except?.cookies[this.provider.cookieName('session')];
    for (const session of await this.of(userId)) {
      const ends = [undefined, summaryOf(session).passkeyId].includes(passkeyId);
      if (ends && session.jti !== kept) await session.destroy();
    }
  }

  private async of(userId: UserId): Promise<Session[]> {
    const found = await Promise.all(
      [...(this.idsOf.get(userId) ?? [])].map((id) => this.provider.Session.find(id)),
    );
    return found.filter((session) => session?.accountId === userId) as Session[];
  }

  private replaceSecret(session: Session): void {
    this.idsOf.get(session.accountId as UserId)?.delete(session.jti);
    session.resetIdentifier();
  }

  private async keep(exchange: Exchange, session: Session, userId: UserId): Promise<void> {
    await session.save(TTL.session);
    this.idsOf.set(userId, (this.idsOf.get(userId) ?? new Set()).add(session.jti));
    setCookie(exchange, this.provider.cookieName('session'), session.jti);
  }

  private async ofBrowser({ cookies }: Exchange): Promise<Session | undefined> {
    const id = cookies[this.provider.cookieName('session')];
    return id === undefined ? undefined : this.provider.Session.find(id);
  }
}

/** What the module keeps beside what the provider does. */
interface State {
  id: string;
  passkeyId: string | null;
  createdAt: number;
}

function summaryOf({ amr = [], loginTs = 0, state }: Session): SessionSummary {
  const { id, passkeyId, createdAt } = state as unknown as State;
  return {
    ...{ id, passkeyId, address: null, browser: null },
    amr: AUTHENTICATION_METHODS.filter((method) => amr.includes(method)),
    createdAt: new Date(createdAt * 1000),
    authenticatedAt: new Date(loginTs * 1000),
    lastSeenAt: new Date(loginTs * 1000),
  };
}
