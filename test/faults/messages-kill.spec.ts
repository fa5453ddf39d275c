import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expectStatus } from '../support/browser';
import { configured, MailServer } from '../support/mail-server';
import { until } from '../support/until';
import { freshEmail } from '../support/sent-codes';
import { signedIn } from '../support/signed-in';
import { ServerProcess } from './support/server-process';

describe('a server that is killed', () => {
  it('has its code sent by the next one, once there is a mail server', async () => {
    const dataDir = await mkdtemp(join(tmpdir(), 'passkey-messages-'));
    const mail = await MailServer.start({ disabledCommands: ['STARTTLS'] });
    mail.isAway = true;
    const env = { DATA_DIR: dataDir, SECRET: 'a-secret-of-the-server-0123456789', ...configured(mail) };
    const address = freshEmail();
    const killed = await ServerProcess.start(env);
    const { browser } = await signedIn(killed);
    expectStatus(200, await browser.post('/api/my-account/addresses', { identifier: address }));
    // One that is killed in the middle of a try leaves the message to others after three minutes.
    await until(() => killed.output.includes('a message waits'));
    await killed.stop('SIGKILL');
    mail.isAway = false;
    const next = await ServerProcess.start(env);
    try {
      expect((await mail.to(address.value)).source).toMatch(/\b\d{8}\b/);
    } finally {
      await next.stop();
      await mail.stop();
      await rm(dataDir, { recursive: true });
    }
  }, 120_000);
});
