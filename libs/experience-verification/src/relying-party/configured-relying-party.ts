import { Inject, Injectable } from '@nestjs/common';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { RpId } from '../webauthn-types';
import { DEFAULT_POLICY, type RelyingParty, type RelyingPartyProvider } from './relying-party.port';

/** The default provider: one relying party, from the module's options, whatever the request says. */
@Injectable()
export class ConfiguredRelyingParty implements RelyingPartyProvider {
  private readonly relyingParty: RelyingParty;

  constructor(@Inject(MODULE_OPTIONS) { relyingParty }: ResolvedOptions) {
    this.relyingParty = {
      id: relyingParty.id as RpId,
      name: relyingParty.name,
      origins: relyingParty.origins,
      policy: { ...DEFAULT_POLICY, ...relyingParty.policy },
    };
  }

  forRequest(): RelyingParty {
    return this.relyingParty;
  }
}
