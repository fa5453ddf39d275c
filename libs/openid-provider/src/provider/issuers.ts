import { hkdfSync } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import {
  type AuditEvent,
  AuditService,
  brandingOf,
  type Exchange,
  MODULE_OPTIONS,
  type ResolvedOptions,
  Secrets,
  Sessions,
} from 'nestjs-passkey-sign-in';
import type { Client, default as Provider, KoaContextWithOIDC } from 'oidc-provider';
import {
  APPLICATIONS,
  type Applications,
  CONSENTS,
  type Consents,
  USER_CLAIMS,
  type UserClaims,
} from '../ports/application';
import { isSecretOf } from '../applications/application-secret';
import { tellCustomClaims } from '../claims/tell-custom-claims';
import { Guesses } from '../limits/guesses.service';
import { issuedEvent, recordRefusals } from './token-events';
import { LogoutNoticesRepository } from '../logout/logout-notices.repository';
import { useModuleSessions } from '../session/module-session';
import { allowOfflineAccess } from '../session/offline-access';
import { providerPages } from '../pages/provider-pages';
import { policyOf } from '../session/policy';
import { SigningKeys } from '../keys/signing-keys';
import { ISSUER_PATH, OPENID_PROVIDER_OPTIONS, type OpenIdProviderOptions } from '../openid-provider.options';
import { PayloadAdapter, type Storage } from '../storage/adapter';
import { PayloadsRepository } from '../storage/payloads.repository';
import { Pending, tellOfTokens, type Use } from '../storage/pending';
import { takeIdsOnce } from '../storage/replays';
import { requestUnderWay } from '../storage/request-under-way';
import { sealingOfPayloads } from '../storage/sealed-anew';
import { answerEverything } from './answer-everything';
import { configurationOf, metadataOf } from './configuration';
import { letAnswersBePosted } from './posted-answers';
import { takePostedRequests } from './posted-requests';

type RelyingParty = Exchange['relyingParty'];

type TellOfLogout = (this: Client, accountId: string, sid: string) => Promise<void>;

/** Milliseconds after which keys are looked at anew: one is published a day before it signs. */
const KEYS_FOR = 3_600_000;

/**
 * Loaded where it is used: it is an ES module, and large. It advises against Node.js 20, which is no longer maintained, though
 * all of it works there: README says which version to run.
 */
async function loadProvider() {
  const { warn } = console;
  console.warn = () => undefined;
  try {
    return await import('oidc-provider');
  } finally {
    console.warn = warn;
  }
}

/** One relying party as an issuer of tokens. */
export interface Issuer {
  url: URL;
  provider: Provider;
  answer: ReturnType<Provider['callback']>;
}

/** An issuer for each relying party, made when the first request for it comes. */
@Injectable()
export class Issuers {
  private readonly issuers = new Map<string, { made: number; issuer: Promise<Issuer> }>();
  /** Every request of the server asks for one. */
  private readonly urls = new WeakMap<RelyingParty, URL>();
  private readonly senders = new WeakMap<Provider, TellOfLogout>();
  /** Of requests under way. */
  private readonly exchanges = new WeakMap<IncomingMessage, Exchange>();

  constructor(
    @Inject(OPENID_PROVIDER_OPTIONS) private readonly options: OpenIdProviderOptions,
    @Inject(MODULE_OPTIONS) private readonly moduleOptions: ResolvedOptions,
    @Inject(APPLICATIONS) private readonly applications: Applications,
    @Inject(CONSENTS) private readonly consents: Consents,
    @Inject(USER_CLAIMS) private readonly claims: UserClaims,
    private readonly sessions: Sessions,
    private readonly payloads: PayloadsRepository,
    private readonly keys: SigningKeys,
    private readonly notices: LogoutNoticesRepository,
    private readonly guesses: Guesses,
    private readonly audit: AuditService,
    private readonly secrets: Secrets,
  ) {}

  of(relyingParty: RelyingParty): Promise<Issuer> {
    const known = this.issuers.get(relyingParty.id);
    if (known && Date.now() - known.made < KEYS_FOR) return known.issuer;
    const issuer = this.make(relyingParty);
    this.issuers.set(relyingParty.id, { made: Date.now(), issuer });
    issuer.catch(() => this.issuers.delete(relyingParty.id));
    return issuer;
  }

  /** Whether a path can be one of an issuer's, whoever's request it is. */
  mayHave(path: string): boolean {
    return (
      path.includes(ISSUER_PATH) || path.includes(this.urlOf(this.moduleOptions.relyingParties.own).pathname)
    );
  }

  /** Where an issuer is: known without a database. */
  urlOf(relyingParty: RelyingParty): URL {
    const known = this.urls.get(relyingParty);
    if (known) return known;
    const { id, origins, basePath } = relyingParty;
    const isOwn = this.moduleOptions.relyingParties.own.id === id;
    const url = new URL((isOwn && this.options.issuer) || `${origins[0]}${basePath}${ISSUER_PATH}`);
    this.urls.set(relyingParty, url);
    return url;
  }

  /** @throws Error when the application did not take it */
  async tellOfLogout(
    relyingParty: RelyingParty,
    clientId: string,
    userId: string,
    sid: string,
  ): Promise<void> {
    const { provider } = await this.of(relyingParty);
    const client = await provider.Client.find(clientId);
    if (client?.backchannelLogoutUri) await this.senders.get(provider)?.call(client, userId, sid);
  }

  /** Lets the provider know to which browser and relying party a request belongs. */
  belongs(request: IncomingMessage, exchange: Exchange): void {
    this.exchanges.set(request, exchange);
  }

  private async make(relyingParty: RelyingParty): Promise<Issuer> {
    const { Provider, errors, interactionPolicy } = await loadProvider();
    const { secrets } = this.moduleOptions;
    const url = this.urlOf(relyingParty);
    const cookiePath = relyingParty.basePath || '/';
    const takesNewUsers = relyingParty.signUp !== 'closed';
    const underWay = () => Provider.ctx;
    const pending = { uses: new Pending<Use>(underWay), events: new Pending<AuditEvent>(underWay) };
    const publish = (event: AuditEvent) => {
      this.audit.publish(event);
    };
    const storage: Storage = {
      ...pending,
      publish,
      ...{ issuer: url.href, payloads: this.payloads, errors },
      sealing: sealingOfPayloads(secrets),
      idleTtl: this.moduleOptions.sessionIdleTtl,
      relyingPartyId: relyingParty.id,
      request: () => Provider.ctx && requestUnderWay(Provider.ctx),
      findClient: async (id) => {
        const application = await this.applications.find(relyingParty.id, id);
        return application ? metadataOf(application) : undefined;
      },
    };
    const exchangeOf = ({ req }: { req: IncomingMessage }) => this.exchanges.get(req);
    // Hosts of one relying party may be of several products.
    const ownPages = providerPages(this.options.languages ?? {}, (ctx) =>
      brandingOf(exchangeOf(ctx)?.relyingParty ?? relyingParty),
    );
    const provider = new Provider(
      url.href,
      configurationOf({
        ...{ relyingPartyId: relyingParty.id, secrets, errors },
        ...{ pages: url.origin + relyingParty.basePath, cookiePath },
        takesNewUsers,
        resources: this.options.resources ?? [],
        ownPages,
        keys: await this.keys.of(relyingParty.id),
        adapter: (name: string) => new PayloadAdapter(name, storage),
        policy: policyOf(
          interactionPolicy,
          (description) => new errors.UnmetAuthenticationRequirements(description),
          takesNewUsers,
        ),
        ...{ applications: this.applications, consents: this.consents, claims: this.claims },
        noteParticipant: (participant) => this.notices.add(participant),
        // That of the installation: applications would not know their users again if it changed with the secret.
        pairwiseKey: Buffer.from(
          hkdfSync('sha256', this.secrets.ofInstallation, '', 'openid-provider pairwise', 32),
        ),
      }),
    );
    // Host and scheme are those of the issuer, whatever a proxy says: the handler sets them.
    provider.proxy = true;
    provider.Client.prototype.compareClientSecret = function (this: Record<string, unknown>, secret: string) {
      return isSecretOf(this['secretHashes'] as string[], secret);
    };
    // What is sent, and sent again, is what notices say: LogoutSender.
    const { backchannelLogout } = provider.Client.prototype as unknown as { backchannelLogout: TellOfLogout };
    Object.assign(provider.Client.prototype, { backchannelLogout: () => Promise.resolve() });
    this.senders.set(provider, backchannelLogout);
    answerEverything(provider, ownPages);
    takePostedRequests(provider);
    letAnswersBePosted(provider);
    this.guesses.limit(provider, ownPages, exchangeOf);
    recordRefusals(provider, relyingParty.id, this.audit, exchangeOf, (isOfClient, exchange) =>
      this.guesses.isRecorded(isOfClient, exchange),
    );
    takeIdsOnce(provider, new PayloadAdapter('ReplayDetection', storage));
    tellOfTokens(provider, {
      ...pending,
      event: () => {
        const ctx = Provider.ctx as KoaContextWithOIDC;
        return issuedEvent(relyingParty.id, this.audit, ctx, exchangeOf(ctx));
      },
      consume: (key) => this.payloads.consume(key),
      record: async (event) => {
        await this.audit.insert(event);
        publish(event);
      },
    });
    allowOfflineAccess(provider);
    tellCustomClaims(provider);
    useModuleSessions(provider, this.sessions, cookiePath, (request) => this.exchanges.get(request));
    return { url, provider, answer: provider.callback() };
  }
}
