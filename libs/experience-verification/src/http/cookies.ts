import { createHash, randomBytes } from 'node:crypto';
import { parse, serialize } from 'cookie';
import { type HttpRequest, type HttpResponse, nodeResponse } from './http-exchange';

/** A cookie of the module: a random value of 256 bits, of which only the SHA-256 is ever stored. */
export class SecretCookie {
  private readonly name: string;

  /** @param secure whether the origin is https: adds Secure and the `__Host-` prefix (RFC 6265bis) */
  constructor(
    name: string,
    private readonly secure: boolean,
  ) {
    this.name = secure ? `__Host-${name}` : name;
  }

  /** SHA-256 of the value the request brings, or null. */
  read(request: HttpRequest): Buffer | null {
    const value = parse(request.headers.cookie ?? '')[this.name];
    return value ? hashOf(value) : null;
  }

  /** Sets a new random value and returns its SHA-256. */
  issue(response: HttpResponse, maxAgeSeconds: number): Buffer {
    const value = randomBytes(32).toString('base64url');
    this.write(response, value, maxAgeSeconds);
    return hashOf(value);
  }

  clear(response: HttpResponse): void {
    this.write(response, '', 0);
  }

  private write(response: HttpResponse, value: string, maxAge: number): void {
    const options = { httpOnly: true, sameSite: 'lax', path: '/', secure: this.secure, maxAge } as const;
    nodeResponse(response).appendHeader('set-cookie', serialize(this.name, value, options));
  }
}

const hashOf = (value: string): Buffer => createHash('sha256').update(value).digest();
