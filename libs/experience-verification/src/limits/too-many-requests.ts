import { ExperienceException } from '../errors/experience.exception';

/** @param msLeft milliseconds until it is worth trying again */
export const tooManyRequests = (msLeft: number, reason: string): ExperienceException =>
  new ExperienceException('request.too_many', {
    retryAfter: Math.max(1, Math.ceil(msLeft / 1000)),
    reason,
  });
