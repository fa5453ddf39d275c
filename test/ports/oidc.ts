import { randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import {
  AUTHENTICATION_METHODS,
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
import type { default as Provider } from 'oidc-provider';
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

  async identify(id: InteractionId, { userId, amr }: Identification): Promise<void> {
    const interaction = await this.required(id);
    const { event, identified = { userId, amr: [] } } = experienceOf(interaction);
    if (identified.userId !== userId) throw new ExperienceException('session.identity_conflict');
    await note(interaction, {
      event,
      identified: { userId, amr: [...new Set([...identified.amr, ...amr])] },
    });
  }

  async renew(id: InteractionId, exchange: Exchange): Promise<InteractionId> {
    const interaction = await this.required(id);
    return this.replace(exchange, interaction, experienceOf(interaction));
  }

  async finish(exchange: Exchange): Promise<FinishedInteraction> {
    const interaction = await this.ofBrowser(exchange);
    if (!interaction) throw new ExperienceException('session.interaction_not_found');
    const { identified } = experienceOf(interaction);
    if (!identified) throw new ExperienceException('session.identifier_not_found');
    const { userId, amr } = identified;
    if (!(await this.users.maySignIn(userId))) throw new ExperienceException('user.suspended');
    if (this.finished.has(interaction.uid)) throw new ExperienceException('session.interaction_not_found');
    this.finished.add(interaction.uid);
    interaction.result = { ...interaction.lastSubmission, login: { accountId: userId, amr } };
    await interaction.persist();
    setCookie(exchange, this.provider.cookieName('interaction'), null);
    return { userId, amr, redirectTo: interaction.returnTo };
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

  async start(
    exchange: Exchange,
    { userId, amr }: { userId: UserId; amr: AuthenticationMethod[] },
  ): Promise<void> {
    let session = await this.ofBrowser(exchange);
    // The interaction of somebody who signs in again names the session that it began with.
    if (session?.accountId === userId) session.resetIdentifier();
    else {
      await session?.destroy();
      session = new this.provider.Session();
    }
    session.loginAccount({ accountId: userId, amr, loginTs: now() });
    await session.save(TTL.session);
    this.idsOf.set(userId, (this.idsOf.get(userId) ?? new Set()).add(session.jti));
    setCookie(exchange, this.provider.cookieName('session'), session.jti);
  }

  async current(exchange: Exchange): Promise<CurrentSession | null> {
    const session = await this.ofBrowser(exchange);
    const userId = session?.accountId as UserId | undefined;
    if (!session || userId === undefined || !(await this.users.maySignIn(userId))) return null;
    const { loginTs = 0 } = session;
    return {
      userId,
      amr: methodsOf(session),
      authenticatedAt: new Date(loginTs * 1000),
      age: now() - loginTs,
    };
  }

  async renew(exchange: Exchange, amr: AuthenticationMethod[]): Promise<void> {
    const session = await this.ofBrowser(exchange);
    if (session?.accountId === undefined) return;
    const { accountId } = session;
    session.loginAccount({ accountId, amr: [...new Set([...methodsOf(session), ...amr])], loginTs: now() });
    await session.persist();
  }

  async end(exchange: Exchange): Promise<void> {
    await (await this.ofBrowser(exchange))?.destroy();
    setCookie(exchange, this.provider.cookieName('session'), null);
  }

  async endAll(userId: UserId): Promise<void> {
    for (const id of this.idsOf.get(userId) ?? []) await (await this.provider.Session.find(id))?.destroy();
    this.idsOf.delete(userId);
  }

  private async ofBrowser({ cookies }: Exchange): Promise<Session | undefined> {
    const id = cookies[this.provider.cookieName('session')];
    return id === undefined ? undefined : this.provider.Session.find(id);
  }
}

const methodsOf = ({ amr = [] }: Session): AuthenticationMethod[] =>
  AUTHENTICATION_METHODS.filter((method) => amr.includes(method));
