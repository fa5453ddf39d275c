import { execFileSync } from 'node:child_process';
import { needPackages } from '../../support/debian-packages';

/** Makes the system of a Debian 13, with these of its packages, in a folder; root's right alone. */
export function makeDebian13(folder: string, ...packages: string[]): void {
  needPackages({ '/usr/sbin/debootstrap': 'debootstrap' });
  const included = packages.length > 0 ? [`--include=${packages.join(',')}`] : [];
  execFileSync('debootstrap', ['--variant=minbase', ...included, 'trixie', folder], { stdio: 'ignore' });
}
