import type { UserLookup } from '../ports/user-directory.port';
import { named, type Parameters } from '../database/prepared-statements';

/**
 * A query of the user's `id`, to be part of a statement: one text for identifiers of every type. What was typed counts
 * as an older username only where nobody has it as what it looks like.
 * @param parameters those that `parametersOf` gives
 */
export const idByIdentifier = (tables: string, parameters: Parameters): string => {
  const [tenant, type, value, asUsername] = named(parameters, 4);
  return `SELECT id FROM (
     SELECT user_id AS id, 1 AS choice FROM ${tables}user_identifiers i
      WHERE i.tenant = ${tenant} AND i.type = ${type} AND i.value = ${value}
     UNION ALL
     SELECT user_id, 2 FROM ${tables}user_identifiers i
      WHERE i.tenant = ${tenant} AND i.type = 'username' AND i.value = ${asUsername}) AS found
   ORDER BY choice LIMIT 1`;
};

/**
 * A condition: nobody has the identifier, nor a user name that looks like it.
 * @param parameters those of `parametersOf`, and the skeleton of a user name
 */
export const isFree = (tables: string, parameters: Parameters): string => {
  const [tenant, , , , skeleton] = named(parameters, 5);
  return `NOT EXISTS (${idByIdentifier(tables, parameters)})
          AND NOT EXISTS (SELECT FROM ${tables}user_identifiers i WHERE i.tenant = ${tenant} AND i.skeleton = ${skeleton}::text)`;
};

/** The same for a user whose id is known already: none, when the user is gone. */
export const idById = (tables: string, parameters: Parameters): string =>
  `SELECT u.id FROM ${tables}users u WHERE u.id = ${named(parameters, 1)[0]}`;

/** What `parametersOf` gives for each, with types, where calls share a statement. */
export const IDENTIFIER_COLUMNS = {
  tenant: 'text',
  identifier_type: 'text',
  value: 'text',
  as_username: 'text',
};
/** In place of what `parametersOf` gives. */
export const NO_IDENTIFIER_PARAMETERS: readonly null[] = Object.keys(IDENTIFIER_COLUMNS).map(() => null);
export const ID_COLUMNS = { user_id: 'uuid' };

export const parametersOf = (lookup: UserLookup): (string | null)[] =>
  'userId' in lookup
    ? [lookup.userId]
    : [lookup.tenant, lookup.identifier.type, lookup.identifier.value, lookup.identifier.asUsername ?? null];

/** Whether no user has this user handle. */
export const isHandleFree = (tables: string, handle: string): string =>
  `NOT EXISTS (SELECT FROM ${tables}users u WHERE u.user_handle = ${handle})`;
