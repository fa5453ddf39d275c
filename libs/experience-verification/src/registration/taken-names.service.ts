import { Inject, Injectable } from '@nestjs/common';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { ALREADY_IN_USE } from '../identifiers/identifier';
import { networkOf } from '../limits/limit-key';
import { RateLimits } from '../limits/rate-limits.service';
import { LOOKS_LIKE_ANOTHER } from '../users/username-refusal';

/** How many taken names one address is told of in an hour. */
const TOLD_AN_HOUR = 10;
const HOUR = 3_600_000;

/**
 * Where accounts are secret, whoever registers must be told that a name is taken, and nobody may try many: an address that
 * was told of ten in an hour is refused every name, taken or not.
 */
@Injectable()
export class TakenNames {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly rates: RateLimits,
  ) {}

  /**
   * Does `work`, which may tell that a name is taken.
   * @throws ExperienceException `request.too_many`, and what `work` throws
   */
  async limited<T>(address: string | undefined, work: () => Promise<T>): Promise<T> {
    const { accountEnumeration, limits } = this.options;
    if (accountEnumeration !== 'decoy' || limits === null) return work();
    const from = address === undefined ? 'anywhere' : networkOf(address);
    const rate = { key: `taken names ${from}`, limit: TOLD_AN_HOUR, window: HOUR };
    this.rates.refuseFull(rate);
    try {
      return await work();
    } catch (error) {
      if (tellsOfAnother(error)) await this.rates.admit([rate]);
      throw error;
    }
  }
}

const tellsOfAnother = (error: unknown): boolean =>
  error instanceof ExperienceException &&
  (ALREADY_IN_USE.some((code) => code === error.code) || error.details.reason === LOOKS_LIKE_ANOTHER);
