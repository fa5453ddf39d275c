import { readFileSync } from 'node:fs';
import { Sweeper } from '../libs/experience-verification/src/database/sweeping/sweeper.service';
import { Browser, expectStatus, freshUsername } from './support/browser';
import { codesSentTo, freshEmail } from './support/sent-codes';
import { signedIn } from './support/signed-in';
import { TestServer } from './support/test-server';

const TABLE = readFileSync('docs/operations.md', 'utf8').split('\n## Logs')[1]!.split('\n## ')[0]!;
const DESCRIBED = new Set(
  TABLE.split('\n')
    .filter((line) => line.startsWith('| `'))
    .flatMap((line) => [...line.split('|')[1]!.matchAll(/`(\w+)`/g)].map(([, field]) => field!)),
);

describe('the fields of the log', () => {
  it('are described, each that whole flows, refusals and failures write', async () => {
    const server = await TestServer.start({
      LOG_LEVEL: 'trace',
      MESSENGER: 'print',
      WEBHOOK_URLS: 'http://127.0.0.1:1/',
      WEBHOOK_SECRET: `whsec_${Buffer.alloc(32, 7).toString('base64')}`,
    });
    try {
      const { browser, identifier } = await signedIn(server, freshEmail());
      await browser.signIn(identifier);
      expectStatus(201, await browser.post('/api/my-account/recovery-codes'));
      const stranger = new Browser(server);
      await stranger.post('/api/experience/verification/verification-code', { identifier });
      expect(codesSentTo(server, identifier)).toHaveLength(1);
      await stranger.authenticationOptions(freshUsername());
      const { verificationId, authenticationOptions } = expectStatus(
        200,
        await stranger.authenticationOptions(identifier),
      );
      await stranger.verifyAuthentication(
        verificationId,
        browser.authenticator.authenticate(authenticationOptions, { up: false }),
      );
      await stranger.manage('POST', '/api/users', { username: freshUsername().value });
      await stranger.call('GET', '/api/users', undefined, { authorization: 'Bearer wrong' });
      await server.query('DELETE FROM passkey.sweeps');
      await server.app.get(Sweeper).sweep();
    } finally {
      await server.stop();
    }
    const written = new Set(server.log.flatMap((line) => Object.keys(line)));
    expect(written.size).toBeGreaterThan(20);
    expect([...written].filter((field) => !DESCRIBED.has(field))).toEqual([]);
  });

  it('are described, each member of the details of audit events', () => {
    const source = readFileSync('libs/experience-verification/src/audit/audit-event.ts', 'utf8');
    const details = source.split('export interface AuditDetails {')[1]!.split('\n}')[0]!;
    const members = [...details.matchAll(/^ {2}(\w+)\?:/gm)].map(([, member]) => member!);
    expect(members.length).toBeGreaterThan(10);
    expect(members.filter((member) => !DESCRIBED.has(member))).toEqual([]);
  });
});
