import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type AuthenticationMethod,
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
  type UserId,
} from '@passkey/experience-verification';
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

  async identify(id: InteractionId, { userId, amr }: Identification): Promise<void> {
    const interaction = this.find(id);
    if (!interaction) throw new ExperienceException('session.interaction_not_found');
    const known = interaction.identified ?? { userId, amr: [] };
    if (known.userId !== userId) throw new ExperienceException('session.identity_conflict');
    interaction.identified = { userId, amr: both(known.amr, amr) };
    await Promise.resolve();
  }

  renew(id: InteractionId, exchange: Exchange): InteractionId {
    const interaction = this.find(id);
    if (!interaction) throw new ExperienceException('session.interaction_not_found');
    this.interactions.delete(id.toString());
    return this.begin(exchange, interaction);
  }

  async finish(exchange: Exchange): Promise<FinishedInteraction> {
    const id = this.current(exchange);
    const interaction = id && this.find(id);
    if (!interaction) throw new ExperienceException('session.interaction_not_found');
    const { identified } = interaction;
    if (!identified) throw new ExperienceException('session.identifier_not_found');
    if (!(await this.users.maySignIn(identified.userId))) throw new ExperienceException('user.suspended');
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

/** Sessions of one process, by the secret of its cookie. */
@Injectable()
export class MemorySession implements SessionProvider {
  private readonly sessions = new Map<string, Omit<CurrentSession, 'age'>>();

  constructor(private readonly users: UserStates) {}

  async start(exchange: Exchange, user: { userId: UserId; amr: AuthenticationMethod[] }): Promise<void> {
    await this.end(exchange);
    const secret = newSecret();
    this.sessions.set(secret, { ...user, authenticatedAt: new Date() });
    setCookie(exchange, 'memory_session', secret);
  }

  async current(exchange: Exchange): Promise<CurrentSession | null> {
    const session = this.find(exchange);
    if (!session || !(await this.users.maySignIn(session.userId))) return null;
    return { ...session, age: (Date.now() - session.authenticatedAt.getTime()) / 1000 };
  }

  renew(exchange: Exchange, amr: AuthenticationMethod[]): Promise<void> {
    const session = this.find(exchange);
    if (session) Object.assign(session, { amr: both(session.amr, amr), authenticatedAt: new Date() });
    return Promise.resolve();
  }

  end(exchange: Exchange): Promise<void> {
    this.sessions.delete(exchange.cookies['memory_session'] ?? '');
    setCookie(exchange, 'memory_session', null);
    return Promise.resolve();
  }

  endAll(userId: UserId): Promise<void> {
    for (const [secret, session] of this.sessions) {
      if (session.userId === userId) this.sessions.delete(secret);
    }
    return Promise.resolve();
  }

  private find({ cookies: { memory_session: secret } }: Exchange) {
    return secret === undefined ? undefined : this.sessions.get(secret);
  }
}
