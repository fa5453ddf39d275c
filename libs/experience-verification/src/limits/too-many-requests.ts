import { ExperienceException } from '../errors/experience.exception';

/** @param msLeft milliseconds until it is worth trying again */
export const tooManyRequests = (msLeft: number, reason: string): ExperienceException =>
  new ExperienceException('request.too_many', {
    // Differences of fractional milliseconds are a trifle more than the whole that they stand for.
    retryAfter: Math.max(1, Math.ceil(Math.round(msLeft) / 1000)),
    reason,
  });
