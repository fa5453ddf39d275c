import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { needPackages } from '../support/debian-packages';

const UNIT = join(__dirname, '../../deploy/systemd/passkey@.service');

const analyze = (...args: string[]) => {
  const { status, stdout, stderr } = spawnSync('systemd-analyze', args, { encoding: 'utf8' });
  return { status, said: stdout + stderr };
};

describe('the unit of systemd', () => {
  beforeAll(() => {
    needPackages({ '/usr/bin/systemd-analyze': 'systemd' });
  });

  it('has nothing in it that systemd does not know', () => {
    const folder = mkdtempSync(join(tmpdir(), 'passkey-unit-'));
    const unit = join(folder, 'passkey@.service');
    // systemd looks for the command, which docs/operations.md has the operator install.
    writeFileSync(unit, readFileSync(UNIT, 'utf8').replace('/usr/local/bin/node', process.execPath));
    const { status, said } = analyze('verify', '--man=no', unit);
    rmSync(folder, { recursive: true });
    // It complains of other units of the machine as well.
    expect({ status, said: said.split('\n').filter((line) => line.includes('passkey')) }).toEqual({
      status: 0,
      said: [],
    });
  });

  it('is started again for as long as it takes, also where its database comes up late', () => {
    const unit = readFileSync(UNIT, 'utf8');
    expect(unit).toMatch(/^After=.*\bpostgresql\.service$/m);
    expect(unit).toMatch(/^Restart=always$/m);
    // By default systemd gives up after five starts in ten seconds.
    expect(unit.split('[Service]')[0]).toMatch(/^StartLimitIntervalSec=0$/m);
  });

  it('lets the server do so little that systemd counts an exposure of 1.3 of 10', () => {
    const { said } = analyze('security', '--offline=true', '--no-pager', UNIT);
    expect(said).toContain('Overall exposure level for passkey@i.service: 1.3 OK');
  });
});
