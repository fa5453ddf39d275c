import { ExperienceException } from '../errors/experience.exception';

/** Groups of the module's routes that a host may leave out. */
export const ROUTE_GROUPS = [
  'management',
  'my-account',
  'recovery',
  'session',
  'sign-up',
  'step-up',
] as const;
export type RouteGroup = (typeof ROUTE_GROUPS)[number];

/** Where the module's routes are in a host, and which of them. */
export interface RouteOptions {
  /**
   * What stands before the module's routes, after the host's global prefix, and is not said twice where that ends in it.
   * Default `api`.
   */
  prefix?: string;
  /**
   * Groups of routes that the host does without: `management`, `my-account` (with its passkeys and sessions), `recovery`,
   * `session` (signing out), `sign-up` (new accounts; passkeys are added all the same) and `step-up`. Default none.
   */
  without?: readonly RouteGroup[];
}

export interface ResolvedRouteOptions {
  prefix: string;
  without: ReadonlySet<RouteGroup | undefined>;
}

export const ROUTE_OPTIONS = Symbol('EXPERIENCE_VERIFICATION_ROUTES');

const DEFAULT_PREFIX = 'api';

/** @throws Error when an option is wrong; the message names it */
export function resolveRouteOptions({
  prefix = DEFAULT_PREFIX,
  without = [],
}: RouteOptions): ResolvedRouteOptions {
  const bare = prefix.replace(/^\/|\/$/g, '');
  if (!/^([\w.~-]+(\/[\w.~-]+)*)?$/.test(bare)) {
    throw new Error(`prefix: must be a path, such as ${DEFAULT_PREFIX} or auth/passkeys, not "${prefix}"`);
  }
  const unknown = without.find((group) => !ROUTE_GROUPS.includes(group));
  if (unknown !== undefined) {
    throw new Error(`without: must be of ${ROUTE_GROUPS.join(', ')}, not "${unknown}"`);
  }
  return { prefix: bare, without: new Set(without) };
}

/** @throws ExperienceException `request.not_found` where the host does without new accounts */
export function requireSignUp({ without }: ResolvedRouteOptions): void {
  if (without.has('sign-up')) throw new ExperienceException('request.not_found');
}
