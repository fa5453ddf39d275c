import { existsSync } from 'node:fs';
import { type IncomingMessage, request } from 'node:http';
import { join, relative } from 'node:path';

/** From here, as a Unix socket's path may have some 100 characters only. */
export const controlSocketIn = (dataDir: string): string =>
  relative(process.cwd(), join(dataDir, 'control.sock'));

/** What the socket answers beside the management API. */
export const CONTROL = { database: '/control/database', backup: '/control/backup' };

/**
 * Asks the server that has a data folder's database open.
 * @returns null when none runs
 */
export function callControl(
  dataDir: string,
  method: string,
  path: string,
  { body, host }: { body?: unknown; host?: string } = {},
): Promise<IncomingMessage | null> {
  const socketPath = controlSocketIn(dataDir);
  if (!existsSync(socketPath)) return Promise.resolve(null);
  return new Promise((resolve, reject) => {
    const headers = {
      host: host ?? 'localhost',
      ...(body !== undefined && { 'content-type': 'application/json' }),
    };
    const call = request({ socketPath, method, path, headers }, resolve);
    call.once('error', (error: NodeJS.ErrnoException) => {
      // One that was killed has left it.
      if (error.code === 'ECONNREFUSED' || error.code === 'ENOENT') resolve(null);
      else reject(error);
    });
    call.end(body === undefined ? undefined : JSON.stringify(body));
  });
}

export async function textOf(response: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of response as AsyncIterable<Buffer>) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Of an answer other than 200, in place of what was asked for. */
export interface ControlRefusal {
  message: string;
}

export const refusalIn = async (response: IncomingMessage): Promise<string> =>
  (JSON.parse(await textOf(response)) as ControlRefusal).message;

/**
 * The same of what is answered as JSON.
 * @throws Error with the reason where the server could not answer
 */
export async function askControl<T>(dataDir: string, method: string, path: string): Promise<T | null> {
  const response = await callControl(dataDir, method, path);
  if (response === null) return null;
  if (response.statusCode !== 200) throw new Error(await refusalIn(response));
  return JSON.parse(await textOf(response)) as T;
}
