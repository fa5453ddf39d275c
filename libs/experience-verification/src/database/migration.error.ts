/** The schema could not be brought up to date; the message is one line. */
export class MigrationError extends Error {
  constructor(
    /**
     * `locked`: another server took too long. `missing_rights`: this role may not change the schema. `newer_schema`: a
     * later release has changed it.
     */
    readonly code: 'locked' | 'missing_rights' | 'newer_schema',
    message: string,
  ) {
    super(message);
  }
}
