import { Inject, Injectable } from '@nestjs/common';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { HttpRequest } from '../ports/http-exchange';
import type { RelyingPartyProvider } from '../ports/relying-party.port';
import type { RelyingParty } from '../webauthn/relying-party';

/** The default provider: the tenant that is configured for the request's host name, else the one relying party. */
@Injectable()
export class ConfiguredRelyingParty implements RelyingPartyProvider {
  constructor(@Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions) {}

  forRequest({ headers: { host } }: HttpRequest): RelyingParty {
    return this.options.relyingParties.forHost(host);
  }
}
