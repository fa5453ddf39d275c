/**
 * Why something failed, in words. Where a host name stands for several addresses, or there are several hosts, the errors of all are in
 * one that has no message.
 */
export const reasonOf = (error: unknown): string => {
  if (error instanceof AggregateError && error.errors.length > 0)
    return error.errors.map(reasonOf).join(', ');
  return error instanceof Error && error.message ? error.message : String(error);
};
