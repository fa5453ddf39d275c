import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { mkdtemp, rename } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';

const run = promisify(execFile);

const REPOSITORY = join(__dirname, '../../..');

/** The release before this one, which is upgraded from: its tag, or where there is none yet, the commit that stands for it. */
const FORMER_RELEASE = 'f5323eaa861643165a99a17b4998b6076322e292';

/** Where builds are kept: a release does not change. */
const BUILT = join(tmpdir(), `passkey-former-release-${FORMER_RELEASE}`);

/**
 * The server of the release before, built from git with the packages of its own lockfile, which come from the registry or
 * npm's cache.
 * @returns its folder
 */
export async function formerRelease(): Promise<string> {
  if (existsSync(BUILT)) return BUILT;
  await run('git', ['cat-file', '-e', `${FORMER_RELEASE}^{commit}`], { cwd: REPOSITORY }).catch(() => {
    throw new Error(
      `this clone lacks ${FORMER_RELEASE}, from which the former release is built: git fetch --unshallow --tags`,
    );
  });
  const folder = await mkdtemp(join(tmpdir(), 'passkey-building-'));
  const archive = join(folder, 'sources.tar');
  await run('git', ['archive', '--output', archive, FORMER_RELEASE], { cwd: REPOSITORY });
  await run('tar', ['--extract', '--file', archive], { cwd: folder });
  await run('npm', ['ci', '--prefer-offline', '--no-audit', '--no-fund'], { cwd: folder });
  await run('npm', ['run', 'build'], { cwd: folder });
  await rename(folder, BUILT);
  return BUILT;
}
