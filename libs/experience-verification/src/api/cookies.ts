import { hash } from 'node:crypto';
import { parse, serialize } from 'cookie';
import type { RelyingParty } from '../ports/relying-party.port';
import { secretBytes } from '../webauthn/secret-bytes';
import { type HttpRequest, type HttpResponse, nodeResponse } from './http-exchange';

type Owner = Pick<RelyingParty, 'id' | 'origins'>;

/**
 * A cookie of the module: a random value of 256 bits, of which only a SHA-256 is ever stored. The relying party
 * is hashed with it, so that what one of them set means nothing to another.
 */
export class SecretCookie {
  /** A request is read by its guards and by its handler. */
  private latest: { cookie: string; relyingParty: Owner; found: Buffer | null } | null = null;

  constructor(private readonly name: string) {}

  /** The hash of the value the request brings, or null. */
  read(request: HttpRequest, relyingParty: Owner): Buffer | null {
    const { cookie } = request.headers;
    if (cookie === undefined) return null;
    if (this.latest?.cookie === cookie && this.latest.relyingParty === relyingParty) return this.latest.found;
    const value = parse(cookie)[this.nameFor(relyingParty)];
    const found = value ? hashOf(relyingParty, value) : null;
    this.latest = { cookie, relyingParty, found };
    return found;
  }

  /** Sets a new random value and returns its hash. */
  issue(response: HttpResponse, relyingParty: Owner, maxAgeSeconds: number): Buffer {
    const value = secretBytes(32).toString('base64url');
    this.write(response, relyingParty, value, maxAgeSeconds);
    return hashOf(relyingParty, value);
  }

  clear(response: HttpResponse, relyingParty: Owner): void {
    this.write(response, relyingParty, '', 0);
  }

  private write(response: HttpResponse, relyingParty: Owner, value: string, maxAge: number): void {
    const secure = usesHttps(relyingParty);
    const options = { httpOnly: true, sameSite: 'lax', path: '/', secure, maxAge } as const;
    nodeResponse(response).appendHeader('set-cookie', serialize(this.nameFor(relyingParty), value, options));
  }

  /** The `__Host-` prefix (RFC 6265bis) keeps other hosts of the domain from setting it. */
  private nameFor(relyingParty: Owner): string {
    return usesHttps(relyingParty) ? `__Host-${this.name}` : this.name;
  }
}

const usesHttps = ({ origins }: Owner): boolean => origins.some((origin) => origin.startsWith('https:'));

const hashOf = ({ id }: Owner, value: string): Buffer => hash('sha256', `${id} ${value}`, 'buffer');
