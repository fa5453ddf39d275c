import { randomBytes, randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
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
import type { EntityManager } from 'typeorm';
import { UserStates } from './user-states';

const newSecret = () => randomBytes(32).toString('base64url');

const setCookie = ({ response }: Exchange, name: string, value: string | null) =>
  nodeResponse(response).appendHeader('set-cookie', `${name}=${value ?? '; Max-Age=0'}; Path=/; HttpOnly`);

const both = <T>(some: T[], more: T[]): T[] => [...new Set([...some, ...more])];

interface Interaction {
  event: InteractionEvent;
  identified: Identification | null;
}

/** Interactions of one process, by the secret of its cookie. */
@Injectable()
export class MemoryInteraction implements InteractionProvider {
  private readonly interactions = new Map<string, Interaction>();

  constructor(private readonly users: UserStates) {}

  current({ cookies: { memory_interaction: secret } }: Exchange): InteractionId | null {
    return secret !== undefined && this.interactions.has(secret) ? toId(secret) : null;
  }

  currentOrNew(exchange: Exchange): InteractionId {
    return this.current(exchange) ?? this.begin(exchange, { event: 'SignIn', identified: null });
  }

  async restart(exchange: Exchange, event: InteractionEvent): Promise<InteractionId> {
    await this.abandon(exchange);
    return this.begin(exchange, { event, identified: null });
  }

  eventOf(id: InteractionId): Promise<InteractionEvent> {
    return Promise.resolve(this.find(id)?.event ?? 'SignIn');
  }

  async identifiedUser(id: InteractionId): Promise<UserId | null> {
    const userId = this.find(id)?.identified?.userId ?? null;
    return userId !== null && (await this.users.maySignIn(userId)) ? userId : null;
  }

  async identification(id: InteractionId): Promise<Identification | null> {
    return (await this.identifiedUser(id)) === null ? null : (this.find(id)?.identified ?? null);
  }

  async identify(id: InteractionId, proof: Identification): Promise<void> {
    const interaction = this.find(id);
    if (!interaction) throw new ExperienceException('session.interaction_not_found');
    const known = interaction.identified ?? proof;
    if (known.userId !== proof.userId) throw new ExperienceException('session.identity_conflict');
    interaction.identified = {
      ...proof,
      passkeyId: proof.passkeyId ?? known.passkeyId,
      amr: both(known.amr, proof.amr),
    };
    await Promise.resolve();
  }

  renew(id: InteractionId, exchange: Exchange): InteractionId {
    const interaction = this.find(id);
    if (!interaction) throw new ExperienceException('session.interaction_not_found');
    this.interactions.delete(id.toString());
    return this.begin(exchange, interaction);
  }

  async finish(exchange: Exchange, transaction: EntityManager): Promise<FinishedInteraction> {
    const id = this.current(exchange);
    const interaction = id && this.find(id);
    if (!interaction) throw new ExperienceException('session.interaction_not_found');
    const { identified } = interaction;
    if (!identified) throw new ExperienceException('session.identifier_not_found');
    if (!(await this.users.maySignIn(identified.userId, transaction)))
      throw new ExperienceException('user.suspended');
    // Whoever deletes it has it.
    if (!this.interactions.delete(id.toString())) {
      throw new ExperienceException('session.interaction_not_found');
    }
    setCookie(exchange, 'memory_interaction', null);
    return { ...identified, redirectTo: '/from-memory' };
  }

  abandon(exchange: Exchange): Promise<void> {
    const id = this.current(exchange);
    if (id) this.interactions.delete(id.toString());
    setCookie(exchange, 'memory_interaction', null);
    return Promise.resolve();
  }

  private find(id: InteractionId): Interaction | undefined {
    return this.interactions.get(id.toString());
  }

  private begin(exchange: Exchange, interaction: Interaction): InteractionId {
    const secret = newSecret();
    this.interactions.set(secret, interaction);
    setCookie(exchange, 'memory_interaction', secret);
    return toId(secret);
  }
}

const toId = (secret: string): InteractionId => Buffer.from(secret) as InteractionId;

type Kept = SessionSummary & { userId: UserId };

/** Sessions of one process, by the secret of its cookie. */
@Injectable()
export class MemorySession implements SessionProvider {
  private readonly sessions = new Map<string, Kept>();

  constructor(private readonly users: UserStates) {}

  async start(exchange: Exchange, user: Identification): Promise<void> {
    await this.end(exchange);
    const now = new Date();
    this.keep(exchange, {
      ...user,
      ...{ id: randomUUID(), createdAt: now, lastSeenAt: now, address: null, browser: null },
    });
  }

  async current(exchange: Exchange): Promise<CurrentSession | null> {
    const session = this.find(exchange);
    if (!session || !(await this.users.maySignIn(session.userId))) return null;
    session.lastSeenAt = new Date();
    return { ...session, age: (Date.now() - session.authenticatedAt.getTime()) / 1000 };
  }

  async renew(exchange: Exchange, proof: Pick<Identification, 'amr' | 'passkeyId'>): Promise<void> {
    const session = this.find(exchange);
    if (!session) return;
    await this.end(exchange);
    this.keep(exchange, {
      ...session,
      amr: both(session.amr, proof.amr),
      passkeyId: session.passkeyId ?? proof.passkeyId,
      authenticatedAt: new Date(),
    });
  }

  counts({ id }: CurrentSession): Promise<boolean> {
    return Promise.resolve([...this.sessions.values()].some((session) => session.id === id));
  }

  end(exchange: Exchange): Promise<void> {
    this.sessions.delete(exchange.cookies['memory_session'] ?? '');
    setCookie(exchange, 'memory_session', null);
    return Promise.resolve();
  }

  list(userId: UserId): Promise<SessionSummary[]> {
    return Promise.resolve([...this.sessions.values()].filter((session) => session.userId === userId));
  }

  endOne(userId: UserId, id: string): Promise<boolean> {
    const found = [...this.sessions].find(([, session]) => session.userId === userId && session.id === id);
    return Promise.resolve(found !== undefined && this.sessions.delete(found[0]));
  }

  endAll(
    userId: UserId,
    _transaction: EntityManager,
    { passkeyId, except }: SessionSelection = {},
  ): Promise<void> {
    const kept = except?.cookies['memory_session'];
    for (const [secret, session] of this.sessions) {
      const ends = session.userId === userId && [undefined, session.passkeyId].includes(passkeyId);
      if (ends && secret !== kept) this.sessions.delete(secret);
    }
    return Promise.resolve();
  }

  private keep(exchange: Exchange, session: Kept): void {
    const secret = newSecret();
    this.sessions.set(secret, session);
    setCookie(exchange, 'memory_session', secret);
  }

  private find({ cookies: { memory_session: secret } }: Exchange) {
    return secret === undefined ? undefined : this.sessions.get(secret);
  }
}
