import { type PreparedStatement, prepared } from './prepared-statements';

/** A statement for many calls; each of its rows answers the call that its `n` counts, from 1. */
export interface SharedStatement extends PreparedStatement {
  /** Number of its parameters: arrays, with an element for each call. */
  width: number;
  /** Whether a call without a row is then asked alone: somebody holds what it needs, or another call has it. */
  leavesSome: boolean;
}

/**
 * Each array is asked for by a query of its own: PostgreSQL would else look at its length and plan the statement anew at each
 * run, since a plan for so few calls seems cheaper to it than the one for any number, which it keeps.
 * @param columns names and SQL types of a call's values
 * @param text of the calls as a table of these columns, with `n`; where a value is an array, its column is text
 */
export function shared(
  columns: Record<string, string>,
  text: (calls: string) => string,
  { leavesSome = false } = {},
): SharedStatement {
  const types = Object.values(columns);
  const arrays = types.map((type, index) => `(SELECT $${index + 1}::${type}[])`);
  const calls = `unnest(${arrays.join(', ')}) WITH ORDINALITY AS call (${Object.keys(columns).join(', ')}, n)`;
  return { ...prepared(text(calls)), width: types.length, leavesSome };
}

/** A statement for one call, and the one that calls may share, whose parameters are those of `one` in arrays. */
export interface SharedByMany {
  one: PreparedStatement;
  many: SharedStatement;
}

/**
 * One text for both, where many calls at once are answered by the plan that answers one.
 * @param text of the calls as a table `call` of these columns, with `n`, which it selects
 */
export function sharedByMany(columns: Record<string, string>, text: (calls: string) => string): SharedByMany {
  const values = Object.entries(columns).map(([name, type], index) => `$${index + 1}::${type} AS ${name}`);
  return {
    one: prepared(text(`(SELECT ${values.join(', ')}, 1 AS n) AS call`)),
    many: shared(columns, text),
  };
}
