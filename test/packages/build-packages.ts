import { execFile } from 'node:child_process';
import { promisify } from 'node:util';

/** Rejects with what the command has printed. */
export const failed = ({ stdout, stderr }: { stdout?: string; stderr?: string }): never => {
  throw new Error(`${stdout ?? ''}${stderr ?? ''}`);
};

/** Once a run: its specs share the process. */
export async function buildPackages(): Promise<void> {
  if (process.env['PACKAGES_BUILT']) return;
  await promisify(execFile)('npm', ['run', 'build:packages']).catch(failed);
  process.env['PACKAGES_BUILT'] = 'yes';
}
