import { hash } from 'node:crypto';
import { serialize } from 'cookie';
import type { RelyingParty } from '../webauthn/relying-party';
import { secretBytes } from '../webauthn/secret-bytes';
import type { Exchange } from '../ports/exchange';
import { nodeResponse } from '../ports/http-exchange';

/**
 * A cookie of the module: a random value of 256 bits, of which only a SHA-256 is ever stored. The relying party
 * is hashed with it, so that what one of them set means nothing to another.
 */
export class SecretCookie {
  /** A request is read by its guards and by its handler. */
  private readonly found = new WeakMap<Exchange, Buffer>();

  constructor(private readonly name: string) {}

  /** The hash of the value that the request brings, or null. */
  read(exchange: Exchange): Buffer | null {
    if (exchange.request.headers.cookie === undefined) return null;
    const known = this.found.get(exchange);
    if (known) return known;
    const { relyingParty, cookies } = exchange;
    const value = cookies[this.nameFor(relyingParty)];
    if (!value) return null;
    const found = hashOf(relyingParty, value);
    this.found.set(exchange, found);
    return found;
  }

  /** Sets a new random value and returns its hash. */
  issue(exchange: Exchange, maxAgeSeconds: number): Buffer {
    const value = secretBytes(32).toString('base64url');
    this.write(exchange, value, maxAgeSeconds);
    return hashOf(exchange.relyingParty, value);
  }

  clear(exchange: Exchange): void {
    this.write(exchange, '', 0);
  }

  private write({ relyingParty, response }: Exchange, value: string, maxAge: number): void {
    const secure = usesHttps(relyingParty);
    const options = { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge } as const;
    nodeResponse(response).appendHeader('set-cookie', serialize(this.nameFor(relyingParty), value, options));
  }

  /** The `__Host-` prefix (RFC 6265bis) keeps other hosts of the domain from setting it. */
  private nameFor(relyingParty: RelyingParty): string {
    return usesHttps(relyingParty) ? `__Host-${this.name}` : this.name;
  }
}

const usesHttps = ({ origins }: RelyingParty): boolean =>
  origins.some((origin) => origin.startsWith('https:'));

const hashOf = ({ id }: RelyingParty, value: string): Buffer => hash('sha256', `${id} ${value}`, 'buffer');
