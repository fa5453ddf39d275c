/** The schema could not be brought up to date; the message is one line. */
export class MigrationError extends Error {
  constructor(
    /**
     * `locked`: another server, or whoever uses the tables, took too long, or a limit of the database was in the way. `missing_rights`: this role may not change the
     * schema. `named_otherwise`: its tables have no prefix. `newer_schema`: a later release has changed it.
     */
    readonly code: 'locked' | 'missing_rights' | 'named_otherwise' | 'newer_schema',
    message: string,
  ) {
    super(message);
  }
}
