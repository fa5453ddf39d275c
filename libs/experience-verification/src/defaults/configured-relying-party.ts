import { Inject, Injectable } from '@nestjs/common';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { HttpRequest } from '../api/http-exchange';
import type { RelyingParty, RelyingPartyProvider } from '../ports/relying-party.port';

/**
 * The default provider: the tenant that is configured for the request's host name, else the one relying party.
 * The name only picks; nothing of it becomes part of a relying party.
 */
@Injectable()
export class ConfiguredRelyingParty implements RelyingPartyProvider {
  constructor(@Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions) {}

  forRequest({ headers: { host } }: HttpRequest): RelyingParty {
    const { relyingParty, relyingPartyByHost } = this.options;
    if (relyingPartyByHost.size === 0 || host === undefined) return relyingParty;
    return relyingPartyByHost.get(hostName(host)) ?? relyingParty;
  }
}

/** The name in a Host header, in its one spelling. */
export const hostName = (host: string): string => host.replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase();
