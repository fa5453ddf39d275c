import { createHmac } from 'node:crypto';
import { type Finding, Findings } from './finding';

/** What the server has seen of a request. */
export interface SeenRequest {
  /** Who calls, as the limits count. */
  address: string;
  /** Who has opened the connection: the proxy, where there is one. */
  peer: string;
  forwardedFor: string | null;
  forwardedProto: string | null;
  host: string | null;
}

const SEEN_REQUEST = '/health/seen-request';

/** What only who can read the database knows: that doctor asks, and that it asks a server on this database. */
export const doctorToken = (installation: string): string =>
  createHmac('sha256', installation).update('doctor').digest('base64url');

/** An address that nobody has (RFC 5737): that of a caller who makes one up. */
const MADE_UP = '192.0.2.1';

const TIMEOUT_MS = 5_000;

/**
 * Asks the server at its own origin, as a browser would, what it has seen of the request.
 * @param origin with the base path, where there is one
 */
export async function examineProxy(origin: string, installation: string | null): Promise<Finding[]> {
  const findings = new Findings('proxy');
  if (installation === null) {
    findings.warn(`${origin} was not asked: the database has no tables yet`);
    return findings.list;
  }
  try {
    const response = await fetch(`${origin}${SEEN_REQUEST}`, {
      headers: { authorization: `Bearer ${doctorToken(installation)}`, 'x-forwarded-for': MADE_UP },
      signal: AbortSignal.timeout(TIMEOUT_MS),
      redirect: 'manual',
    });
    if (response.status === 401) findings.problem(`the server at ${origin} is on another database`);
    else if (!response.ok) findings.problem(`${origin} answers ${response.status}, which is not this server`);
    else return judgeProxy(origin, (await response.json()) as SeenRequest);
  } catch (error) {
    findings.warn(`${origin} can't be reached from here: ${reasonOf(error)}`);
  }
  return findings.list;
}

function reasonOf(error: unknown): string {
  const { cause, message } = error as Error & { cause?: NodeJS.ErrnoException };
  return cause?.code ?? cause?.message ?? message;
}

/** What a request that said it came from `MADE_UP` tells of the proxy. */
export function judgeProxy(origin: string, seen: SeenRequest): Finding[] {
  const findings = new Findings('proxy');
  const { address, peer, forwardedFor, forwardedProto, host } = seen;
  const isBehindTls = origin.startsWith('https:');
  const forwarded = forwardedFor?.split(',').map((part) => part.trim()) ?? [];
  const addsCaller = forwarded.some((part) => part !== MADE_UP);
  if (address === MADE_UP) {
    findings.problem(
      `callers say themselves who they are: the proxy at ${peer} passes on their X-Forwarded-For, which it must replace or append to`,
    );
  } else if (addsCaller && address === peer) {
    findings.problem(`the proxy at ${peer} is not in TRUSTED_PROXIES: all callers count as one`);
  } else if (!addsCaller && isBehindTls) {
    findings.warn(
      `whoever ends TLS at ${peer} does not say who calls: it must set X-Forwarded-For, or all callers count as one`,
    );
  } else {
    findings.ok(
      addsCaller ? `${origin} is reached, and the caller told by ${peer}` : `${origin} is reached directly`,
    );
  }
  if (host !== new URL(origin).host) {
    findings.warn(
      `the proxy changes Host to ${host ?? 'nothing'}: relying parties by host name are not found`,
    );
  }
  if (isBehindTls && forwardedProto !== null && forwardedProto !== 'https') {
    findings.warn(`the proxy says that the page is ${forwardedProto}, and the origin is https`);
  }
  return findings.list;
}
