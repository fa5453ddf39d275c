/** The schema could not be brought up to date; the message is one line. */
export class MigrationError extends Error {
  constructor(
    /** `locked`: another server took too long. `missing_rights`: this role may not change the schema. */
    readonly code: 'locked' | 'missing_rights',
    message: string,
  ) {
    super(message);
  }
}
