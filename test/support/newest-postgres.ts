import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { needPackages } from './debian-packages';

const VERSIONS = '/usr/lib/postgresql';

/** The newest PostgreSQL of the machine, which is installed where there is none, and the folder of its programs. */
export function newestPostgres(): { version: string; binaries: string } {
  needPackages({ [`${VERSIONS}/*/bin/initdb`]: 'postgresql' });
  const [version = ''] = readdirSync(VERSIONS).sort((a, b) => Number(b) - Number(a));
  return { version, binaries: join(VERSIONS, version, 'bin') };
}
