import type { UserLookup } from '../ports/user-directory.port';
import { IDENTIFIER_TENANT } from './user-identifier.entity';

/**
 * A query of the user's `id`, to be part of a statement: one text for identifiers of every type. What was typed counts
 * as an older username only where nobody has it as what it looks like.
 * @param first number of the first of the parameters that `parametersOf` gives
 */
export const idByIdentifier = (schema: string, first: number): string =>
  `SELECT id FROM (
     SELECT user_id AS id, 1 AS choice FROM ${schema}.user_identifiers
      WHERE tenant = $${first} AND type = $${first + 1} AND value = $${first + 2}
     UNION ALL
     SELECT user_id, 2 FROM ${schema}.user_identifiers
      WHERE tenant = $${first} AND type = 'username' AND value = $${first + 3}) AS found
   ORDER BY choice LIMIT 1`;

/** The same for a user whose id is known already: none, when the user is gone. */
export const idById = (schema: string, first: number): string =>
  `SELECT id FROM ${schema}.users WHERE id = $${first}`;

export const parametersOf = (lookup: UserLookup): (string | null)[] =>
  'userId' in lookup
    ? [lookup.userId]
    : [
        IDENTIFIER_TENANT,
        lookup.identifier.type,
        lookup.identifier.value,
        lookup.identifier.asUsername ?? null,
      ];
