/** A figure at a moment: seconds since the begin, and what was measured. */
export type Sample = readonly [at: number, value: number];

/** Of the second half of the samples: their mean, and how much the straight line through them (least squares) rises from first to last. */
export function growthOf(samples: readonly Sample[]): { mean: number; growth: number } {
  const half = samples.slice(Math.floor(samples.length / 2));
  const meanOf = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const [time, mean] = [meanOf(half.map(([at]) => at)), meanOf(half.map(([, value]) => value))];
  const covariance = half.reduce((sum, [at, value]) => sum + (at - time) * (value - mean), 0);
  const variance = half.reduce((sum, [at]) => sum + (at - time) ** 2, 0);
  const seconds = (half.at(-1)?.[0] ?? NaN) - (half[0]?.[0] ?? NaN);
  return { mean, growth: (covariance / variance) * seconds };
}
