import { domainToASCII } from 'node:url';
import type { RelyingParty } from '../webauthn/relying-party';
import { type RelyingPartyOptions, type TenantOptions, toRelyingParty } from './relying-party.options';

/**
 * The configured relying parties, each picked by the host name of a request: for the module's ceremonies, and for
 * what a host decides before a request reaches them, such as CORS. The name only picks; nothing of it becomes part
 * of a relying party.
 */
export class RelyingParties {
  /** That of the requests which no tenant has. */
  readonly own: RelyingParty;
  private readonly byHost = new Map<string, RelyingParty>();

  /** @throws Error when the options can't work together; the message names the option */
  constructor(own: RelyingPartyOptions, tenants: TenantOptions[] = []) {
    this.own = toRelyingParty(own);
    for (const { hosts, ...options } of tenants) {
      // Of one id they share their passkeys, and so their users.
      const { id, tenant = id === own.id ? this.own.tenant : id } = options;
      if (hosts.length === 0) throw new Error(`tenants: "${id}" must have at least one of hosts`);
      const relyingParty = toRelyingParty({ ...options, tenant });
      for (const host of hosts.map(toHostName)) {
        if (this.byHost.has(host)) throw new Error(`tenants: host "${host}" is named twice`);
        this.byHost.set(host, relyingParty);
      }
    }
  }

  /** All of them, a tenant once for each of its hosts. */
  get all(): RelyingParty[] {
    return [this.own, ...this.byHost.values()];
  }

  /** @param header the Host header that came to this server: no proxy's X-Forwarded-Host has a say */
  forHost(header: string | undefined): RelyingParty {
    if (this.byHost.size === 0 || header === undefined) return this.own;
    return this.byHost.get(hostName(header)) ?? this.own;
  }
}

/**
 * A host as browsers send it: in lower case, Unicode as Punycode, without a final dot.
 * @throws Error for what no Host header could ever fit
 */
function toHostName(text: string): string {
  const host = /[*:/@\s]/.test(text) ? '' : domainToASCII(text.replace(/\.$/, ''));
  if (host) return host;
  throw new Error(`tenants: host "${text}" must be one host name, without port, wildcard or scheme`);
}

/** The name in a Host header, in its one spelling. */
const hostName = (host: string): string => host.replace(/:\d*$/, '').replace(/\.$/, '').toLowerCase();
