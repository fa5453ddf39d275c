import type { RelyingPartyOptions } from '@passkey/experience-verification';
import { type Configuration, relyingPartyOf } from '../configuration';

/** The configured relying parties by host name, for what HTTP does before a request reaches the module. */
export class Sites {
  private readonly byHost: Map<string, RelyingPartyOptions>;
  private readonly ownSite: RelyingPartyOptions;

  constructor(configuration: Configuration) {
    this.ownSite = relyingPartyOf(configuration);
    this.byHost = new Map(
      configuration.tenants.flatMap(({ hosts, ...site }) => hosts.map((host) => [host.toLowerCase(), site])),
    );
  }

  /** @param hostName without port */
  of(hostName: string | undefined): RelyingPartyOptions {
    return this.byHost.get(hostName?.toLowerCase() ?? '') ?? this.ownSite;
  }
}
