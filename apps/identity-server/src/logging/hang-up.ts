export const ignoreHangUp = (): void => undefined;

/** Has a SIGHUP that comes before there is a log change nothing, where it would end the process. On a terminal it does, as ever. */
export function waitForLog(): void {
  if (!process.stdout.isTTY) process.on('SIGHUP', ignoreHangUp);
}
