/** How calls that wait at the same moment share a statement. */
export interface GatheringOptions {
  /** Calls that one statement answers at most, 1 to 64; 1: no statement is shared. Default 64. */
  most?: number;
  /**
   * Calls that wait for each other, 1 to 64, though no longer than some milliseconds. Default 1: a call by itself waits
   * for nobody. For tests: with more than 1 every statement is a shared one.
   */
  least?: number;
}

/** Most calls of one statement. */
export const MOST_GATHERED = 64;

/** @throws Error when they can't be meant; the message names the option */
export function checkGathering(options: GatheringOptions): void {
  for (const name of ['most', 'least'] as const) {
    const { [name]: value = 1 } = options;
    if (!Number.isInteger(value) || value < 1 || value > MOST_GATHERED) {
      throw new Error(`gathering.${name}: must be a whole number from 1 to ${MOST_GATHERED}`);
    }
  }
}
