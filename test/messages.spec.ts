import { once } from 'node:events';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { ConfigurationError, readConfiguration } from '../apps/identity-server/src/configuration';
import { examineMessages } from '../apps/identity-server/src/doctor/message-findings';
import { channelsOf } from '../apps/identity-server/src/messages/channels';
import { toMail } from '../apps/identity-server/src/messages/mail';
import { english } from '../apps/identity-server/src/messages/message-texts';
import type { AccountMessage } from 'nestjs-passkey-sign-in';
import { expectStatus } from './support/browser';
import { freshEmail } from './support/sent-codes';
import { signedIn } from './support/signed-in';
import { TestServer } from './support/test-server';

const FROM = 'no-reply@example.com';
const PASSWORD = 'p%s@/word';

interface Received {
  to: string[];
  from: string;
  isSecure: boolean;
  /** As it came. */
  source: string;
}

/** Waits until it is so, for at most 15 seconds; what is asserted then says more. */
async function until(isSo: () => boolean): Promise<void> {
  const end = Date.now() + 15_000;
  while (!isSo() && Date.now() < end) await new Promise((resolve) => setTimeout(resolve, 20));
}

/** A mail server of the test's own, with a certificate that nobody else signed. */
class MailServer {
  readonly mails: Received[] = [];
  /** What it answers to a recipient, when not yes. */
  refusal: Error | null = null;

  private constructor(
    private readonly server: SMTPServer,
    readonly port: number,
  ) {}

  static async start(options: SMTPServerOptions = {}, port = 0): Promise<MailServer> {
    const made: { mailServer?: MailServer } = {};
    const server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: false,
      logger: false,
      onAuth: ({ username, password }, _session, done) => {
        if (username === 'acme' && password === PASSWORD) done(null, { user: username });
        else done(new Error('wrong password'));
      },
      onRcptTo: (_address, _session, done) => {
        done(made.mailServer?.refusal ?? null);
      },
      onData: (stream, { envelope, secure }, done) => {
        let source = '';
        stream.on('data', (chunk: Buffer) => (source += chunk.toString('utf8')));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = envelope;
          made.mailServer?.mails.push({
            to: rcptTo.map(({ address }) => address),
            from: mailFrom ? mailFrom.address : '',
            isSecure: secure,
            source,
          });
          done();
        });
      },
      ...options,
    });
    // A client that refuses the certificate ends the connection.
    server.on('error', () => undefined);
    const listening = server.listen(port, '127.0.0.1');
    await once(listening, 'listening');
    return (made.mailServer = new MailServer(server, (listening.address() as AddressInfo).port));
  }

  async to(address: string): Promise<Received> {
    const find = () => this.mails.find(({ to }) => to.includes(address));
    await until(() => find() !== undefined);
    const mail = find();
    if (mail) return mail;
    throw new Error(`no mail came to ${address}`);
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }
}

/** The parts of a mail, decoded. */
function partsOf(source: string): string {
  return source
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/((?:=[0-9A-F]{2})+)/g, (bytes) =>
      Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'),
    );
}

const configured = (mail: MailServer, query = '?tls=off') => ({
  SMTP_URL: `smtp://127.0.0.1:${mail.port}${query}`,
  MAIL_FROM: FROM,
});

const ask = async (server: TestServer, identifier: { type: string; value: string }, language?: string) => {
  const { browser } = await signedIn(server);
  const headers: Record<string, string> = language === undefined ? {} : { 'accept-language': language };
  return browser.call<{ code?: string }>('POST', '/api/my-account/addresses', { identifier }, headers);
};

describe('messages by mail', () => {
  let mail: MailServer;
  let server: TestServer;
  beforeAll(async () => {
    mail = await MailServer.start({ disabledCommands: ['STARTTLS'] });
    server = await TestServer.start({ ...configured(mail), RP_NAME: 'Acme & Söhne' });
  });
  afterAll(async () => {
    await server.stop();
    await mail.stop();
  });

  it('bring a code, plainly and as HTML, in the name of the product', async () => {
    const address = freshEmail();
    expectStatus(200, await ask(server, address));
    const { from, to, source } = await mail.to(address.value);
    expect([from, to]).toEqual([FROM, [address.value]]);
    expect(source).toMatch(/^From: =\?UTF-8\?.*<no-reply@example\.com>\r$/m);
    expect(source).toMatch(/^Auto-Submitted: auto-generated\r$/m);
    const said = partsOf(source);
    expect(said).toMatch(/content-type: text\/plain/i);
    expect(said).toContain('Type this code on http://localhost:3000.');
    expect(said).toMatch(/<p style="[^"]*">\d{8}<\/p>/);
    expect(said).toContain('<h1 style="font-size:20px;margin:0 0 16px">Acme &amp; Söhne</h1>');
  });

  it('tell of a change, and where to look', async () => {
    const address = freshEmail();
    const { browser } = await signedIn(server, address);
    expectStatus(201, await browser.post('/api/my-account/recovery-codes'));
    const said = partsOf((await mail.to(address.value)).source);
    expect(said).toContain('http://localhost:3000/account');
    expect(said).toMatch(/^Subject: .*A_passkey_was_added|^Subject: .*passkey/m);
  });

  it('are refused to a phone number, which no mail reaches', async () => {
    const answer = await ask(server, { type: 'phone', value: '+442071830001' });
    expect([answer.status, answer.body.code]).toEqual([404, 'recovery.channel_not_available']);
  });
});

describe('a mail server', () => {
  const withServers = async (
    mail: MailServer,
    env: Record<string, string>,
    work: (server: TestServer) => Promise<void>,
  ) => {
    const server = await TestServer.start(env);
    try {
      await work(server);
    } finally {
      await server.stop();
      await mail.stop();
    }
  };

  it('that was away gets the code once it is back', async () => {
    const gone = await MailServer.start();
    const { port } = gone;
    await gone.stop();
    const address = freshEmail();
    const server = await TestServer.start(configured(gone));
    try {
      expectStatus(200, await ask(server, address));
      await until(() => JSON.stringify(server.log).includes('a message waits'));
      expect(server.log).toContainEqual(
        expect.objectContaining({ problem: 'a message waits', kind: 'verification-code' }),
      );
      const back = await MailServer.start({ disabledCommands: ['STARTTLS'] }, port);
      await back.to(address.value);
      await back.stop();
    } finally {
      await server.stop();
    }
  });

  it('that refuses the recipient is not asked again', async () => {
    const mail = await MailServer.start({ disabledCommands: ['STARTTLS'] });
    mail.refusal = Object.assign(new Error('no such user'), { responseCode: 550 });
    await withServers(mail, configured(mail), async (server) => {
      expectStatus(200, await ask(server, freshEmail()));
      await until(() => JSON.stringify(server.log).includes('was not sent'));
      expect(server.log).toContainEqual(
        expect.objectContaining({
          problem: 'a code was not sent',
          cause: expect.stringContaining('no such user') as string,
        }),
      );
      expect(JSON.stringify(server.log)).not.toContain('a message waits');
    });
  });

  it.each<[what: string, options: SMTPServerOptions]>([
    ['offers no TLS', { disabledCommands: ['STARTTLS'] }],
    ['has a certificate that nobody vouches for', {}],
    ['has such a certificate from the start', { secure: true }],
  ])('that %s is told nothing, and the doctor says so', async (_, options) => {
    const mail = await MailServer.start(options);
    const env = { SMTP_URL: `smtp${options.secure ? 's' : ''}://127.0.0.1:${mail.port}`, MAIL_FROM: FROM };
    const address = freshEmail();
    const server = await TestServer.start(env);
    try {
      expectStatus(200, await ask(server, address));
      await until(() => JSON.stringify(server.log).includes('a message waits'));
    } finally {
      await server.stop();
    }
    expect(mail.mails).toEqual([]);
    const found = await examineMessages(readConfiguration(env));
    expect(found[0]?.state).toBe('problem');
    expect(found[0]?.text).toMatch(/^the mail server at 127\.0\.0\.1:\d+ can't be used: /);
    await mail.stop();
  });

  it('that is there, or away, is found so by the doctor', async () => {
    const mail = await MailServer.start({ disabledCommands: ['STARTTLS'] });
    const told = async () =>
      (await examineMessages(readConfiguration(configured(mail)))).map(
        ({ state, text }) => `${state} ${text}`,
      );
    expect(await told()).toEqual([
      `ok the mail server at 127.0.0.1:${mail.port} takes mail of ${FROM}`,
      expect.stringMatching(/^warning .* without TLS/),
      expect.stringMatching(/^warning nothing sends text messages/),
    ]);
    await mail.stop();
    expect((await told())[0]).toMatch(/^problem .* can't be used: .*ECONNREFUSED/);
  });
});

describe('the language of a mail', () => {
  const german = { direction: 'ltr' as const, texts: { ...english, codeSubject: 'Ihr Code für {name}' } };
  const subjectOf = async (message: object, env: Record<string, string> = {}) => {
    const mail = await MailServer.start({ disabledCommands: ['STARTTLS'] });
    const configuration = {
      ...readConfiguration({ ...configured(mail), ...env }),
      messageLanguages: { de: german },
    };
    const to = freshEmail();
    const [channel] = channelsOf(configuration);
    const whole = { to, rpId: 'localhost', code: '12345678', validFor: 600, ...message } as AccountMessage;
    await channel!.send(whole, new AbortController().signal);
    const { source } = await mail.to(to.value);
    await mail.stop();
    return [
      /^Subject: (.*)$/m.exec(partsOf(source))?.[1]?.trim(),
      /<html lang="(\w+)"/.exec(partsOf(source))?.[1],
    ];
  };

  it('is that of the browser that asked for a code, or else the server’s', async () => {
    const kind = 'verification-code';
    expect((await subjectOf({ kind, locales: ['de-AT', 'en'] }))[1]).toBe('de');
    expect(await subjectOf({ kind, locales: ['cy'] })).toEqual(['Your code for Passkey sign-in', 'en']);
    expect((await subjectOf({ kind, locales: ['cy'] }, { MESSAGE_LANGUAGE: 'de' }))[1]).toBe('de');
  });

  it('is the server’s for a notice: who acts on an account does not choose how its owner is warned', async () => {
    expect((await subjectOf({ kind: 'passkey-added', locales: ['de'] }))[1]).toBe('en');
    expect((await subjectOf({ kind: 'passkey-added' }, { MESSAGE_LANGUAGE: 'de' }))[1]).toBe('de');
  });
});

describe('a mail', () => {
  const language = { tag: 'en', direction: 'ltr' as const, texts: english };
  const message = {
    kind: 'verification-code' as const,
    to: { type: 'email' as const, value: 'bob@example.com' },
    rpId: 'example.com' as never,
    code: '12345678',
    validFor: 600,
    locales: [],
  };

  it('has nothing of a name but the name: no header, and no HTML', () => {
    const name = 'Acme\r\nBcc: eve@example.com\u2028<img src=x onerror="x()">{site}';
    const { subject, html, text } = toMail(message, { name, url: 'https://example.com' }, language);
    expect(subject).toBe('Your code for Acme Bcc: eve@example.com <img src=x onerror="x()">{site}');
    expect(html).not.toContain('<img');
    expect(html).toContain('&lt;img src=x onerror=&quot;x()&quot;&gt;{site}');
    expect(text.split('\n').some((line) => line.startsWith('Bcc'))).toBe(false);
  });
});

describe('messages over a webhook', () => {
  const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  let receiver: Server;
  let url: string;
  let answers: number[];
  const received: { headers: IncomingHttpHeaders; body: string }[] = [];
  beforeAll(async () => {
    receiver = createServer((request, response) => {
      let body = '';
      request.on('data', (chunk: Buffer) => (body += chunk.toString('utf8')));
      request.on('end', () => {
        received.push({ headers: request.headers, body });
        response.writeHead(answers.shift() ?? 200).end();
      });
    }).listen(0, '127.0.0.1');
    await once(receiver, 'listening');
    url = `http://127.0.0.1:${(receiver.address() as AddressInfo).port}/messages`;
  });
  afterAll(() => {
    receiver.close();
    receiver.closeAllConnections();
  });

  it('are signed, and come again with the same id after a failure', async () => {
    answers = [503];
    const server = await TestServer.start({ MESSAGE_WEBHOOK_URL: url, MESSAGE_WEBHOOK_SECRET: SECRET });
    try {
      const phone = { type: 'phone', value: '+442071830002' };
      expectStatus(200, await ask(server, phone, 'de-AT, en;q=0.5, *'));
      await until(() => received.length > 1);
      expect(received).toHaveLength(2);
      const bodies = received.map(({ headers, body }) => {
        const signed = headers as Record<string, string>;
        return new Webhook(SECRET).verify(body, signed) as { type: string; data: object };
      });
      expect(bodies[1]).toMatchObject({
        type: 'message.verification-code',
        data: { to: phone, rpId: 'localhost', validFor: 600, locales: ['de-AT', 'en'] },
      });
      const [first, second] = received.map(({ headers }) => headers['webhook-id']);
      expect(first).toBe(second);
      const other = { ...(received[0]!.headers as Record<string, string>) };
      expect(() => new Webhook(SECRET).verify(received[0]!.body.replace('phone', 'email'), other)).toThrow();
    } finally {
      await server.stop();
    }
  });
});

describe('the configuration of messages', () => {
  it.each([
    ['SMTP_URL', { SMTP_URL: 'mail.example.com', MAIL_FROM: FROM }],
    ['SMTP_URL', { SMTP_URL: 'http://mail.example.com', MAIL_FROM: FROM }],
    ['SMTP_URL', { SMTP_URL: 'smtp://a:hunter2%zz@mail.example.com', MAIL_FROM: FROM }],
    ['SMTP_URL', { SMTP_URL: 'smtp://a:hunter2@mail.example.com?tls=off', MAIL_FROM: FROM }],
    ['SMTP_URL', { SMTP_URL: 'smtp://mail.example.com?pool=true', MAIL_FROM: FROM }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail.example.com' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: 'Acme <a@b.com>, <c@d.com>' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: 'Acme\r\nBcc: e@f.com <a@b.com>' }],
    ['MESSENGER', { MESSENGER: 'send' }],
    ['MESSAGE_WEBHOOK_URL', { MESSAGE_WEBHOOK_URL: 'http://sms.example.com' }],
    ['MESSAGE_WEBHOOK_SECRET', { MESSAGE_WEBHOOK_URL: 'https://sms.example.com' }],
    ['MESSAGE_LANGUAGE', { MESSAGE_LANGUAGE: 'deutsch!' }],
  ])('refuses a wrong %s by one line that has no secret: %j', (variable, env) => {
    const refused = () => readConfiguration(env);
    expect(refused).toThrow(ConfigurationError);
    expect(refused).toThrow(new RegExp(`^${variable}: [^\\n]+$`));
    expect(refused).not.toThrow(/hunter2/);
  });

  it('reads a user and a password with characters of URLs', () => {
    const { mail, messenger } = readConfiguration({
      SMTP_URL: `smtp://acme:${encodeURIComponent(PASSWORD)}@mail.example.com`,
      MAIL_FROM: '"Acme" <no-reply@example.com>',
    });
    expect(messenger).toBe('send');
    expect(mail).toEqual({
      host: 'mail.example.com',
      port: 587,
      tls: 'starttls',
      auth: { user: 'acme', pass: PASSWORD },
      from: { name: 'Acme', address: FROM },
    });
  });
});
