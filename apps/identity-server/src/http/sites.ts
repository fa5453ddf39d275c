import type { FastifyRequest } from 'fastify';
import { hostName, type RelyingPartyOptions } from '@passkey/experience-verification';
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

  /** By the Host header that came to this server: no proxy's X-Forwarded-Host has a say. */
  ofRequest({ raw }: FastifyRequest): RelyingPartyOptions {
    return this.byHost.get(hostName(raw.headers.host ?? '')) ?? this.ownSite;
  }
}
