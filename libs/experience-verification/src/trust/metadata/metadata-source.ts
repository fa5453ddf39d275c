import { readFile, stat } from 'node:fs/promises';

const DOWNLOAD_TIMEOUT_MS = 30_000;

/** The FIDO Alliance's BLOB has some 10 MB. */
const MAX_BYTES = 64 * 1024 * 1024;

/** Hosts that the network has no part in. */
const OWN_HOST = /^(localhost|127\.0\.0\.1|\[::1\])$/;

export const isUrl = (source: string): boolean => /^[a-z][a-z0-9+.-]+:\/\//i.test(source);

/** @throws Error when the source is neither a file nor an https URL without credentials; http is for this machine only */
export function assertIsMetadataSource(source: string): void {
  if (!isUrl(source)) return;
  const { protocol, hostname, username, password } = new URL(source);
  // fetch would refuse it later, and repeat them.
  if (username || password) throw new Error('metadata.source: must have no credentials in it');
  if (protocol === 'https:' || (protocol === 'http:' && OWN_HOST.test(hostname))) return;
  throw new Error(`metadata.source: "${source}" is neither a file nor an https URL`);
}

/** @throws Error when it can't be had, or is longer than any BLOB */
export async function textOf(source: string): Promise<string> {
  if (isUrl(source)) return download(source);
  const { size } = await stat(source);
  if (size > MAX_BYTES) throw tooLong();
  return readFile(source, 'utf8');
}

async function download(source: string): Promise<string> {
  const answer = await fetch(source, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (!answer.ok || !answer.body) throw new Error(`it answered ${answer.status}`);
  assertIsMetadataSource(answer.url);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of answer.body as AsyncIterable<Uint8Array>) {
    length += chunk.length;
    if (length > MAX_BYTES) throw tooLong();
    chunks.push(chunk);
  }
  return Buffer.concat(chunks).toString('utf8');
}

const tooLong = () => new Error(`it has more than ${MAX_BYTES} bytes`);
