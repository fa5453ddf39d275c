import { Injectable } from '@nestjs/common';

export interface Logo {
  type: string;
  image: Buffer;
}

const TYPES = ['image/png', 'image/jpeg', 'image/webp', 'image/gif', 'image/svg+xml'];
const MOST_BYTES = 256 * 1024;
const MOST_LOGOS = 100;
/** Milliseconds. */
const PATIENCE = 2_500;
const KEPT_FOR = { found: 3_600_000, none: 60_000 };

/**
 * Applications' logos, fetched by the server: a browser that asked for one would tell the application, or whoever keeps its
 * pictures, who is about to sign in. Addresses are those that management has given.
 */
@Injectable()
export class Logos {
  private readonly kept = new Map<string, { until: number; logo: Promise<Logo | null> }>();

  /** Null where there is none to be had. */
  of(uri: string): Promise<Logo | null> {
    const known = this.kept.get(uri);
    if (known && known.until > performance.now()) return known.logo;
    const logo = load(uri).catch(() => null);
    const entry = { until: performance.now() + KEPT_FOR.found, logo };
    this.kept.delete(uri);
    this.kept.set(uri, entry);
    const [oldest] = this.kept.keys();
    if (this.kept.size > MOST_LOGOS && oldest !== undefined) this.kept.delete(oldest);
    void logo.then((found) => {
      if (!found) entry.until = performance.now() + KEPT_FOR.none;
    });
    return logo;
  }
}

async function load(uri: string): Promise<Logo | null> {
  const response = await fetch(uri, {
    redirect: 'error',
    signal: AbortSignal.timeout(PATIENCE),
    headers: { accept: TYPES.join(', ') },
  });
  const type = response.headers.get('content-type')?.split(';')[0]?.trim().toLowerCase() ?? '';
  if (!response.ok || !response.body || !TYPES.includes(type)) {
    await response.body?.cancel();
    return null;
  }
  const parts: Uint8Array[] = [];
  let bytes = 0;
  for await (const part of response.body) {
    bytes += part.byteLength;
    if (bytes > MOST_BYTES) return null;
    parts.push(part);
  }
  return { type, image: Buffer.concat(parts) };
}
