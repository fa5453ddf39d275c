import { execFileSync } from 'node:child_process';
import { join } from 'node:path';

const INSTALL = join(__dirname, '../../.ci/packages');

/**
 * Installs what a test starts, from Debian's packages, unless it is there; root's right alone.
 * @param packages name of the package by a file of it, in which `*` stands for anything
 * @throws Error that says what root has to install
 */
export function needPackages(packages: Record<string, string>): void {
  execFileSync(INSTALL, Object.entries(packages).flat(), { stdio: ['ignore', 'ignore', 'pipe'] });
}
