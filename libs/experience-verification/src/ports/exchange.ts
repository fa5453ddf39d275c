import { parse } from 'cookie';
import type { RelyingParty } from '../webauthn/relying-party';
import type { HttpRequest, HttpResponse } from './http-exchange';

/** One request and its response, with the relying party that they belong to. */
export class Exchange {
  private parsed?: Record<string, string | undefined>;

  constructor(
    readonly request: HttpRequest,
    readonly response: HttpResponse,
    readonly relyingParty: RelyingParty,
  ) {}

  /** The request's cookies by name. */
  get cookies(): Record<string, string | undefined> {
    return (this.parsed ??= parse(this.request.headers.cookie ?? ''));
  }
}
