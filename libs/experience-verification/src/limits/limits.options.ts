/**
 * How much one caller may ask of the options and verify endpoints. The defaults are far above what people do, and
 * stop programs.
 */
export interface LimitOptions {
  /** Requests a minute from one address (of IPv6: from one /64 network). Default 600: offices share an address. */
  perAddress?: number;
  /** Requests a minute for one identifier from one address. Default 120. */
  perIdentifier?: number;
  /** Requests a minute in one interaction. Default 300. */
  perInteraction?: number;
  /** `redis://` or `rediss://`: where the servers share their counts. Unset: in the database. */
  redisUrl?: string;
}

export type ResolvedLimits = Required<Omit<LimitOptions, 'redisUrl'>> & Pick<LimitOptions, 'redisUrl'>;

const DEFAULT_LIMITS = { perAddress: 600, perIdentifier: 120, perInteraction: 300 };

/** @throws Error when a limit is no positive whole number; the message names it */
export function resolveLimits({ redisUrl, ...rates }: LimitOptions): ResolvedLimits {
  const limits = {
    perAddress: rates.perAddress ?? DEFAULT_LIMITS.perAddress,
    perIdentifier: rates.perIdentifier ?? DEFAULT_LIMITS.perIdentifier,
    perInteraction: rates.perInteraction ?? DEFAULT_LIMITS.perInteraction,
  };
  for (const [name, value] of Object.entries(limits)) {
    if (!Number.isSafeInteger(value) || value < 1)
      throw new Error(`limits.${name}: must be a positive whole number`);
  }
  return { ...limits, redisUrl };
}
