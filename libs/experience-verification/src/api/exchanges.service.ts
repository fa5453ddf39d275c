import { type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { RELYING_PARTY_PROVIDER, type RelyingPartyProvider } from '../ports/relying-party.port';
import { Exchange } from '../ports/exchange';
import type { HttpRequest, HttpResponse } from '../ports/http-exchange';

const EXCHANGE = Symbol('exchange');

type KnownRequest = HttpRequest & { [EXCHANGE]?: Exchange };

/** Resolves the relying party of each request once, whoever asks first. */
@Injectable()
export class Exchanges {
  constructor(@Inject(RELYING_PARTY_PROVIDER) private readonly relyingParties: RelyingPartyProvider) {}

  /** A promise only where the provider of the relying party answers with one. */
  of(context: ExecutionContext): Exchange | Promise<Exchange> {
    const http = context.switchToHttp();
    const request = http.getRequest<KnownRequest>();
    if (request[EXCHANGE]) return request[EXCHANGE];
    const response = http.getResponse<HttpResponse>();
    const relyingParty = this.relyingParties.forRequest(request);
    return relyingParty instanceof Promise
      ? relyingParty.then((resolved) => (request[EXCHANGE] = new Exchange(request, response, resolved)))
      : (request[EXCHANGE] = new Exchange(request, response, relyingParty));
  }
}

/** The exchange that ExchangeGuard, or another guard of the module, has resolved. */
export function exchangeOf(context: ExecutionContext): Exchange {
  const exchange = context.switchToHttp().getRequest<KnownRequest>()[EXCHANGE];
  if (!exchange) throw new Error('the controller needs @UseGuards(ExchangeGuard)');
  return exchange;
}
