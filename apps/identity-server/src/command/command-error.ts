/** What the command says and ends with; the message is one line. */
export class CommandError extends Error {
  constructor(
    message: string,
    /** 1: it could not be done; 2: it was asked wrongly, or the configuration is wrong. */
    readonly exitCode: 1 | 2 = 1,
    /** Of the API, where that has refused. */
    readonly code?: string,
  ) {
    super(message);
  }
}
