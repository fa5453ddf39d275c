import { hash } from 'node:crypto';
import { stringifySetCookie } from 'cookie';
import type { RelyingParty } from '../webauthn/relying-party';
import { secretBytes } from '../webauthn/secret-bytes';
import type { Exchange } from '../ports/exchange';
import { nodeResponse } from '../ports/http-exchange';

/** Cookies of one name and different suffixes that a browser keeps. */
const MOST_OF_A_NAME = 8;

/**
 * A cookie of the module: a random value of 256 bits, of which only a SHA-256 is ever stored. The relying party
 * is hashed with it, so that what one of them set means nothing to another.
 */
export class SecretCookie {
  /** A request is read by its guards and by its handler. */
  private readonly found = new WeakMap<Exchange, Buffer>();

  /** @param suffixOf further part of the name, where one browser has several of it */
  constructor(
    private readonly name: string,
    private readonly suffixOf: (exchange: Exchange) => string = () => '',
  ) {}

  /** The hash of the value that the request brings, or null. */
  read(exchange: Exchange): Buffer | null {
    if (exchange.request.headers.cookie === undefined) return null;
    const known = this.found.get(exchange);
    if (known) return known;
    const { relyingParty, cookies } = exchange;
    const value = cookies[this.nameFor(exchange)];
    if (!value) return null;
    const found = hashOf(relyingParty, value);
    this.found.set(exchange, found);
    return found;
  }

  /** Whether the value that the request brings was issued with the mark: nothing vouches for that until the row is found. */
  bears(exchange: Exchange, mark: string): boolean {
    return exchange.cookies[this.nameFor(exchange)]?.endsWith(mark) ?? false;
  }

  /**
   * Sets a new random value and returns its hash.
   * @param mark ends the value, in place of as much of what is random
   */
  issue(exchange: Exchange, maxAgeSeconds: number, mark?: string): Buffer {
    const { id, set } = this.draw(exchange, maxAgeSeconds, mark);
    set();
    return id;
  }

  /** A new random value: its hash, and what sets it once the hash is stored. */
  draw(exchange: Exchange, maxAgeSeconds: number, mark = ''): { id: Buffer; set: () => void } {
    const value = secretBytes(32).toString('base64url').slice(mark.length) + mark;
    return {
      id: hashOf(exchange.relyingParty, value),
      set: () => {
        this.clearOldest(exchange);
        this.write(exchange, value, maxAgeSeconds);
      },
    };
  }

  clear(exchange: Exchange): void {
    this.write(exchange, '', 0);
  }

  private write(exchange: Exchange, value: string, maxAge: number, name = this.nameFor(exchange)): void {
    setCookie(exchange, name, value, maxAge);
  }

  /** Browsers send the oldest first (RFC 6265, section 5.4): tabs that were closed must not fill the header. */
  private clearOldest(exchange: Exchange): void {
    const suffix = this.suffixOf(exchange);
    if (!suffix) return;
    const name = this.nameFor(exchange);
    const prefix = name.slice(0, -suffix.length);
    const others = Object.keys(exchange.cookies).filter((one) => one.startsWith(prefix) && one !== name);
    for (const oldest of others.slice(0, Math.max(0, others.length + 1 - MOST_OF_A_NAME))) {
      this.write(exchange, '', 0, oldest);
    }
  }

  private nameFor(exchange: Exchange): string {
    return cookieName(exchange, this.name + this.suffixOf(exchange));
  }
}

/**
 * The `__Host-` prefix (RFC 6265bis) keeps other hosts of the domain from setting it. Browsers take it for cookies of the whole
 * host alone.
 */
export const cookieName = ({ relyingParty }: Exchange, name: string): string => {
  if (!usesHttps(relyingParty)) return name;
  return relyingParty.basePath ? `__Secure-${name}` : `__Host-${name}`;
};

/** @param name as `cookieName` gives it */
export function setCookie(exchange: Exchange, name: string, value: string, maxAgeSeconds: number): void {
  const cookie = stringifySetCookie({
    name,
    value,
    httpOnly: true,
    sameSite: 'lax',
    path: exchange.relyingParty.basePath || '/',
    secure: usesHttps(exchange.relyingParty),
    maxAge: maxAgeSeconds,
  });
  nodeResponse(exchange.response).appendHeader('set-cookie', cookie);
}

const usesHttps = ({ origins }: RelyingParty): boolean =>
  origins.some((origin) => origin.startsWith('https:'));

const hashOf = ({ id }: RelyingParty, value: string): Buffer => hash('sha256', `${id} ${value}`, 'buffer');
