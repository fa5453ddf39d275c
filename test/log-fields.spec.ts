import { readdirSync, readFileSync } from 'node:fs';
import ts from 'typescript';
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

/** Members of the objects that calls of loggers are given, however they are written down. */
function fieldsOfLines(source: string): string[] {
  const file = ts.createSourceFile('source.ts', source, ts.ScriptTarget.Latest, true);
  const fields: string[] = [];
  const visit = (node: ts.Node): void => {
    if (
      ts.isCallExpression(node) &&
      /\blogger(\(\))?\??\.?(\[level\]|\.?\w+)$/.test(node.expression.getText())
    ) {
      for (const given of node.arguments.filter(ts.isObjectLiteralExpression)) {
        for (const member of given.properties) if (member.name) fields.push(member.name.getText());
      }
    }
    ts.forEachChild(node, visit);
  };
  visit(file);
  return fields;
}

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

  it('are described, each that a line of the sources names', () => {
    const named = [
      'apps/identity-server/src',
      'libs/experience-verification/src',
      'libs/openid-provider/src',
    ].flatMap((folder) =>
      readdirSync(folder, { recursive: true, encoding: 'utf8' })
        .filter((path) => path.endsWith('.ts'))
        .flatMap((path) => fieldsOfLines(readFileSync(`${folder}/${path}`, 'utf8'))),
    );
    expect(new Set(named).size).toBeGreaterThan(20);
    expect([...new Set(named)].filter((field) => !DESCRIBED.has(field))).toEqual([]);
  });

  it('are described, each member of the details of audit events', () => {
    const source = readFileSync('libs/experience-verification/src/audit/audit-event.ts', 'utf8');
    const details = source.split('export interface AuditDetails {')[1]!.split('\n}')[0]!;
    const members = [...details.matchAll(/^ {2}(\w+)\?:/gm)].map(([, member]) => member!);
    expect(members.length).toBeGreaterThan(10);
    expect(members.filter((member) => !DESCRIBED.has(member))).toEqual([]);
  });
});
