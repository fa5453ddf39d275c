import type { IncomingMessage, ServerResponse } from 'node:http';
import { Inject, Injectable } from '@nestjs/common';
import {
  Exchange,
  type HttpRequest,
  type HttpResponse,
  isDatabaseUnavailable,
  nodeResponse,
  type RelyingParty,
  RELYING_PARTY_PROVIDER,
  type RelyingPartyProvider,
} from 'nestjs-passkey-sign-in';
import { Prefetched } from '../storage/prefetched';
import { type Issuer, Issuers } from './issuers';
import { RETRY_AFTER, tellOfDatabase, UNAVAILABLE } from './without-database';

/** RFC 8414, section 3.1: the issuer's path comes after this. */
const METADATA = '/.well-known/oauth-authorization-server';

/**
 * The OpenID Provider as a request handler, for requests whose body nobody has read.
 * @example app.use(app.get(OpenIdProvider).middleware) // Express
 */
@Injectable()
export class OpenIdProvider {
  /** Of requests under way. */
  private readonly known = new WeakMap<HttpRequest, RelyingParty | Promise<RelyingParty>>();

  constructor(
    @Inject(RELYING_PARTY_PROVIDER) private readonly relyingParties: RelyingPartyProvider,
    private readonly issuers: Issuers,
    private readonly prefetched: Prefetched,
  ) {}

  /** For Express, before any body parser. */
  readonly middleware = (
    request: HttpRequest & IncomingMessage,
    response: HttpResponse & ServerResponse,
    next: (error?: unknown) => void,
  ): void => {
    this.handle(request, request, response).then((handled) => {
      if (!handled) next();
    }, next);
  };

  /**
   * Answers what is under an issuer's path.
   * @param request as the framework has it, and `raw` Node's own
   * @returns false for what is not its own, which it leaves untouched
   */
  async handle(request: HttpRequest, raw: IncomingMessage, response: HttpResponse): Promise<boolean> {
    if (!this.issuers.mayHave(raw.url ?? '')) return false;
    const relyingParty = await this.relyingPartyOf(request);
    const url = this.issuers.urlOf(relyingParty);
    const path = pathWithin(url, raw.url ?? '');
    if (path === null) return false;
    const res = nodeResponse(response);
    let issuer: Issuer;
    try {
      issuer = await this.issuers.of(relyingParty);
    } catch (error) {
      if (!isDatabaseUnavailable(error)) throw error;
      // Its keys can not be read, without which there is no page either.
      tellOfDatabase(error as Error, { method: raw.method, path: path.split('?')[0] ?? '', res });
      res.setHeader('cache-control', 'no-store');
      res.writeHead(503, { 'content-type': 'application/json', 'retry-after': RETRY_AFTER });
      res.end(JSON.stringify(UNAVAILABLE));
      return true;
    }
    this.issuers.belongs(raw, new Exchange(request, response, relyingParty));
    // An issuer is what is configured, never what a request or a proxy says.
    Object.assign(raw.headers, {
      host: url.host,
      'x-forwarded-host': url.host,
      'x-forwarded-proto': url.protocol.slice(0, -1),
    });
    Object.assign(raw, { url: path, baseUrl: url.pathname });
    await this.prefetched.during(() => issuer.answer(raw, res));
    return true;
  }

  /** Whether a path, with its query, is one of an issuer's; a promise where the relying party is known later. */
  isOwn(request: HttpRequest, path: string): boolean | Promise<boolean> {
    if (!this.issuers.mayHave(path)) return false;
    const isOf = (relyingParty: RelyingParty) => pathWithin(this.issuers.urlOf(relyingParty), path) !== null;
    const relyingParty = this.relyingPartyOf(request);
    return relyingParty instanceof Promise ? relyingParty.then(isOf) : isOf(relyingParty);
  }

  /** Asked once a request. */
  private relyingPartyOf(request: HttpRequest): RelyingParty | Promise<RelyingParty> {
    const known = this.known.get(request);
    if (known) return known;
    const relyingParty = this.relyingParties.forRequest(request);
    this.known.set(request, relyingParty);
    return relyingParty;
  }
}

/** The path within the issuer; null when it is none of its own. */
function pathWithin({ pathname }: URL, url: string): string | null {
  const [path = ''] = url.split('?');
  if (path === METADATA + pathname) return '/.well-known/oauth-authorization-server';
  return path.startsWith(`${pathname}/`) ? url.slice(pathname.length) : null;
}
