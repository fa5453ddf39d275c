import { randomUUID, webcrypto } from 'node:crypto';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type IncomingHttpHeaders, type Server } from 'node:http';
import { type AddressInfo, createServer as createTcpServer, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { SubjectAlternativeNameExtension } from '@peculiar/x509';
import type { SMTPServerOptions } from 'smtp-server';
import { Webhook } from 'standardwebhooks';
import { ConfigurationError, readConfiguration } from '../apps/identity-server/src/configuration';
import { examineMessages } from '../apps/identity-server/src/doctor/message-findings';
import { channelsOf } from '../apps/identity-server/src/messages/channels';
import { toMail } from '../apps/identity-server/src/messages/mail';
import { english } from '../apps/identity-server/src/messages/message-texts';
import { providerTexts } from 'nestjs-passkey-openid-provider';
import {
  type AccountMessage,
  type BrandingImage,
  toBranding,
  UndeliverableError,
} from 'nestjs-passkey-sign-in';
import { certify } from './support/certificates';
import { Browser, expectStatus, type Identifier } from './support/browser';
import { configured, FROM, MailServer, partsOf, PASSWORD } from './support/mail-server';
import { freshEmail } from './support/sent-codes';
import { signedIn } from './support/signed-in';
import { TestServer } from './support/test-server';
import { until } from './support/until';

const toPem = (label: string, der: Buffer): string =>
  `-----BEGIN ${label}-----\n${der.toString('base64').replaceAll(/.{64}(?!$)/g, '$&\n')}\n-----END ${label}-----\n`;

const ADDRESSES = '/api/my-account/addresses';
const SEND_CODE = '/api/experience/verification/verification-code';

async function awayMailServer(): Promise<MailServer> {
  const mail = await MailServer.start({ disabledCommands: ['STARTTLS'] });
  mail.isAway = true;
  return mail;
}

const ask = async (server: TestServer, identifier: { type: string; value: string }, language?: string) => {
  const { browser } = await signedIn(server);
  const headers: Record<string, string> = language === undefined ? {} : { 'accept-language': language };
  return browser.call<{ code?: string }>('POST', ADDRESSES, { identifier }, headers);
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
    expect(said).toMatch(/<p class="code" dir="ltr">\d{8}<\/p>/);
    expect(said).toContain('<strong>Acme &#38; Söhne</strong>');
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

  it('that was away is told by any server what waits, sealed: of two codes the newer, and none that has expired', async () => {
    const mail = await awayMailServer();
    const secret = 'the-first-secret-of-the-tests-0123456789';
    const env = { ...configured(mail), SECRET: secret };
    const [address, late] = [freshEmail(), freshEmail()];
    const servers = [await TestServer.start(env)];
    try {
      const [first] = servers as [TestServer];
      const { browser } = await signedIn(first);
      const askFor = async (identifier: Identifier) =>
        expectStatus(200, await browser.post<{ verificationId: string }>(ADDRESSES, { identifier }))
          .verificationId;
      await askFor(late);
      await first.query(
        `UPDATE passkey.waiting_messages SET expires_at = now(), next_attempt_at = 'infinity'`,
      );
      await askFor(address);
      const verificationId = await askFor(address);
      await until(() => JSON.stringify(first.log).includes('a message waits'));
      expect(first.log).toContainEqual(
        expect.objectContaining({ problem: 'a message waits', kind: 'verification-code' }),
      );
      const rows = await first.query<{ sealed: Buffer }>('SELECT sealed FROM passkey.waiting_messages');
      expect(rows).toHaveLength(2);
      for (const { sealed } of rows) {
        expect(sealed.toString('latin1')).not.toMatch(/example|verification/);
      }

      // The secret is changed meanwhile, and the server that was asked is gone.
      const changed = 'the-second-secret-of-the-tests-0123456789';
      const second = await TestServer.start({ ...env, SECRET: `${changed},${secret}` });
      servers.push(second);
      await servers.shift()!.stop();
      mail.isAway = false;
      await until(() => JSON.stringify(second.log).includes('all is sealed under the first of them'));
      const sealed = expect.objectContaining({ waiting_messages: 2 }) as object;
      expect(second.log).toContainEqual(expect.objectContaining({ sealed }));
      await second.query('UPDATE passkey.waiting_messages SET next_attempt_at = now()');
      const { source } = await mail.to(address.value);
      const code = /\b\d{8}\b/.exec(partsOf(source.split('\r\n\r\n').slice(1).join()))![0];
      const again = new Browser(second);
      for (const [name, value] of browser.cookies) again.cookies.set(name, value);
      expectStatus(200, await again.post(`${ADDRESSES}/verify`, { verificationId, code }));
      await until(() => mail.mails.length > 1);
      expect(mail.mails.flatMap(({ to }) => to)).not.toContain(late.value);
    } finally {
      await Promise.all(servers.map((server) => server.stop()));
      await mail.stop();
    }
  });

  it('that is away hides from who asks for a code whether there is an account, and what waits ends with that', async () => {
    const address = freshEmail();
    const mail = await awayMailServer();
    const server = await TestServer.start(configured(mail));
    const rows = () =>
      server.query<{ user: string | null; code: boolean; left: number }>(
        `SELECT user_id AS "user", code_of IS NOT NULL AS code, extract(epoch FROM expires_at - now())::float8 AS left
           FROM passkey.waiting_messages ORDER BY id`,
      );
    try {
      const { userId } = await signedIn(server, address);
      const notices = await rows();
      expect(notices).toEqual([{ user: userId, code: false, left: expect.any(Number) as number }]);
      expect(notices[0]!.left).toBeLessThanOrEqual(86_400);
      await server.query('DELETE FROM passkey.waiting_messages');
      for (const identifier of [address, freshEmail()]) {
        const stranger = new Browser(server);
        await stranger.start('SignIn');
        expectStatus(200, await stranger.post(SEND_CODE, { identifier }));
      }
      // Of nobody's code as much is written, and it is over already.
      const codes = await rows();
      expect(codes.map(({ user, left }) => [user, left > 0])).toEqual([
        [userId, true],
        [null, false],
      ]);
      expectStatus(204, await new Browser(server).manage('DELETE', `/api/users/${userId}`));
      // What tells of the deletion itself is left.
      await until(() => JSON.stringify(server.log).includes('account-deleted'));
      const left = await rows();
      expect(left.map(({ user, code }) => [user, code])).toEqual([
        [null, true],
        [null, false],
      ]);
    } finally {
      await server.stop();
      await mail.stop();
    }
  });

  it('that is away is told of an invitation no longer than that lasts, and of a long one for a day', async () => {
    const mail = await awayMailServer();
    await withServers(mail, configured(mail), async (server) => {
      const invite = async (expiresIn: number): Promise<number> => {
        await server.query('DELETE FROM passkey.waiting_messages');
        const body = { email: freshEmail().value, expiresIn };
        expectStatus(201, await new Browser(server).manage('POST', '/api/invitations', body));
        const [row] = await server.query<{ left: number }>(
          `SELECT extract(epoch FROM expires_at - now())::float8 AS left FROM passkey.waiting_messages`,
        );
        return row!.left;
      };
      expect(await invite(60)).toBeLessThanOrEqual(60);
      const aDay = await invite(7 * 86_400);
      expect([aDay > 86_000, aDay <= 86_400]).toEqual([true, true]);
    });
  });

  it('that looks at a mail while the server stops has it once; one that looks for longer is asked again', async () => {
    for (const [looksFor, waits] of [
      [700, 0],
      [10_000, 1],
    ] as const) {
      const mail = await MailServer.start({ disabledCommands: ['STARTTLS'] });
      mail.looksFor = looksFor;
      const other = await TestServer.start();
      const server = await TestServer.start(configured(mail));
      // As if it had not been tried.
      const waiting = `SELECT FROM passkey.waiting_messages WHERE attempts = 0 AND next_attempt_at <= now()`;
      try {
        await other.query(`DELETE FROM passkey.waiting_messages`);
        expectStatus(200, await ask(server, freshEmail()));
        await until(() => mail.mails.length > 0);
        await server.stop();
        expect(await other.query(waiting)).toHaveLength(waits);
        expect(JSON.stringify(server.log).includes('a message waits')).toBe(waits > 0);
      } finally {
        await other.stop();
        await mail.stop();
      }
    }
  });

  it('that looks at a mail for longer than ten seconds is asked once, and by no other server meanwhile', async () => {
    const mail = await MailServer.start({ disabledCommands: ['STARTTLS'] });
    mail.looksFor = 11_000;
    await withServers(mail, configured(mail), async (server) => {
      const waiting = () =>
        server.query<{ leased: number }>(
          `SELECT extract(epoch FROM next_attempt_at - now())::float8 AS leased FROM passkey.waiting_messages`,
        );
      expectStatus(200, await ask(server, freshEmail()));
      await until(() => mail.mails.length > 0);
      expect((await waiting())[0]!.leased).toBeGreaterThan(120);
      const isOver = async () => (await waiting()).length === 0 || mail.mails.length > 1;
      await until(isOver, 'the mail is not taken', 30);
      expect(mail.mails).toHaveLength(1);
      expect(JSON.stringify(server.log)).not.toContain('a message waits');
    });
  }, 60_000);

  it('that is slow is asked for many at once, without a warning', async () => {
    const mail = await MailServer.start({ disabledCommands: ['STARTTLS'] });
    mail.looksFor = 500;
    const warn = jest.spyOn(process, 'emitWarning').mockReturnValue();
    try {
      await withServers(mail, configured(mail), async (server) => {
        const asked = Array.from({ length: 15 }, () => ask(server, freshEmail()));
        for (const answer of await Promise.all(asked)) expectStatus(200, answer);
        await until(() => mail.mails.length === 15);
      });
      expect(warn).not.toHaveBeenCalled();
    } finally {
      warn.mockRestore();
    }
  });

  it('that never answers is not waited for', async () => {
    const sockets: Socket[] = [];
    const silent = createTcpServer((socket) => sockets.push(socket)).listen(0, '127.0.0.1');
    await once(silent, 'listening');
    const server = await TestServer.start(configured({ port: (silent.address() as AddressInfo).port }));
    try {
      expectStatus(200, await ask(server, freshEmail()));
      // It would be told once it had been waited for.
      expect(JSON.stringify(server.log)).not.toContain('a message waits');
    } finally {
      silent.close();
      for (const socket of sockets) socket.destroy();
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

  describe('whose certificate an authority of the operator has signed', () => {
    let folder: string;
    beforeAll(async () => {
      folder = await mkdtemp(join(tmpdir(), 'passkey-mail-'));
    });
    afterAll(() => rm(folder, { recursive: true }));

    /** A mail server with a certificate, and what is said of the two. */
    const start = async (
      options: SMTPServerOptions & { scheme?: string; name?: string; password?: string },
    ) => {
      const { scheme = 'smtp', name = '127.0.0.1', password = PASSWORD, ...rest } = options;
      const authority = await certify({ name: 'CN=Authority', authority: true });
      const extensions = [new SubjectAlternativeNameExtension([{ type: 'ip', value: name }])];
      const own = await certify({ name: 'CN=Mail', issuer: authority, extensions });
      const SMTP_CA = join(folder, `${randomUUID()}.pem`);
      await writeFile(SMTP_CA, toPem('CERTIFICATE', authority.der));
      const mail = await MailServer.start({
        cert: toPem('CERTIFICATE', own.der),
        key: toPem(
          'PRIVATE KEY',
          Buffer.from(await webcrypto.subtle.exportKey('pkcs8', own.keys.privateKey)),
        ),
        authOptional: false,
        ...rest,
      });
      const user = `acme:${encodeURIComponent(password)}`;
      return {
        mail,
        env: { SMTP_URL: `${scheme}://${user}@127.0.0.1:${mail.port}`, SMTP_CA, MAIL_FROM: FROM },
      };
    };
    const send = async (env: Record<string, string>, to: Identifier) => {
      const [channel] = channelsOf(readConfiguration(env));
      const message = { kind: 'passkey-added', to, rpId: 'localhost' } as AccountMessage;
      await channel!.send(message, { id: randomUUID(), signal: new AbortController().signal });
    };

    it('is not begun with where the authority’s certificate can not be read: it would be passed over', async () => {
      const SMTP_CA = join(folder, 'broken.pem');
      await writeFile(SMTP_CA, toPem('CERTIFICATE', Buffer.from('no certificate')));
      const env = { SMTP_URL: 'smtp://127.0.0.1', MAIL_FROM: FROM, SMTP_CA };
      expect(() => readConfiguration(env)).toThrow(/SMTP_CA.*certificate 1 of .*broken\.pem can't be read/);
    });

    it.each([
      ['by STARTTLS', {}],
      ['from the start', { scheme: 'smtps', secure: true }],
    ])('gets mail over TLS %s, after the password', async (_, options) => {
      const { mail, env } = await start(options);
      const address = freshEmail();
      await send(env, address);
      expect(await mail.to(address.value)).toMatchObject({ isSecure: true, user: 'acme' });
      expect((await examineMessages(readConfiguration(env)))[0]?.state).toBe('ok');
      await mail.stop();
    });

    it.each<[string, Parameters<typeof start>[0], RegExp]>([
      [
        'without STARTTLS, which somebody between may have taken away',
        { disabledCommands: ['STARTTLS'] },
        /TLS/,
      ],
      ['with a certificate of another name', { name: '127.0.0.2' }, /altnames/i],
    ])('is told neither password nor mail %s', async (_, options, problem) => {
      const { mail, env } = await start({ ...options, allowInsecureAuth: true });
      await expect(send(env, freshEmail())).rejects.toThrow(problem);
      expect([mail.logins, mail.mails]).toEqual([[], []]);
      await mail.stop();
    });

    it('is told no mail with a wrong password, and asked again, since that may be put right', async () => {
      const { mail, env } = await start({ password: 'wrong' });
      const refused = send(env, freshEmail());
      await expect(refused).rejects.toThrow(/wrong password/);
      await expect(refused).rejects.not.toBeInstanceOf(UndeliverableError);
      expect([mail.logins, mail.mails]).toEqual([['acme'], []]);
      await mail.stop();
    });
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
  const german = {
    direction: 'ltr' as const,
    links: providerTexts,
    texts: { ...english, codeSubject: 'Ihr Code für {name}' },
  };
  const subjectOf = async (message: object, env: Record<string, string> = {}) => {
    const mail = await MailServer.start({ disabledCommands: ['STARTTLS'] });
    const to = freshEmail();
    const [channel] = channelsOf(readConfiguration({ ...configured(mail), ...env }), { de: german });
    const whole = { to, rpId: 'localhost', code: '12345678', validFor: 600, ...message } as AccountMessage;
    await channel!.send(whole, { id: randomUUID(), signal: new AbortController().signal });
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
  const language = { tag: 'en', direction: 'ltr' as const, texts: english, links: providerTexts };
  const message = {
    kind: 'verification-code' as const,
    to: { type: 'email' as const, value: 'bob@example.com' },
    rpId: 'example.com' as never,
    code: '12345678',
    validFor: 600,
    locales: [],
  };

  it('bears the logo, the colours and the links of the product, and has nothing fetched', () => {
    const logo = {
      light: { type: 'image/png' as const, content: Buffer.from('day') },
      dark: { type: 'image/png' as const, content: Buffer.from('night') },
    };
    const colors = { light: { accent: '#7a0026' }, dark: { accent: '#ff9ab5', surface: '#2a1219' } };
    const uris = {
      termsUri: 'https://acme.example/terms?a=1&b=2',
      privacyUri: 'https://acme.example/privacy',
    };
    const branding = toBranding({ name: 'Acme', logo, colors, ...uris, css: '.card{color:red}' }, 'Acme');
    const product = { name: 'Acme', url: 'https://login.acme.example', branding };
    const { html, text, attachments } = toMail(message, product, language);
    expect(attachments).toMatchObject([
      { cid: 'logo-light', contentType: 'image/png', content: Buffer.from('day') },
      { cid: 'logo-dark', contentType: 'image/png', content: Buffer.from('night') },
    ]);
    const sources = [...html.matchAll(/ src="([^"]*)"/g)].map(([, source]) => source);
    expect(sources).toEqual(['cid:logo-light', 'cid:logo-dark']);
    expect(html).not.toMatch(/url\(|@import|<link|color:red/);
    const [light, dark] = html.split('prefers-color-scheme:dark');
    expect([light, dark]).toEqual([
      expect.stringContaining('a{color:#7a0026}'),
      expect.stringContaining('#2a1219'),
    ]);
    expect(html).toContain('<a href="https://acme.example/terms?a=1&#38;b=2">Terms</a>');
    expect(text).toContain(`\n\nAcme\n\nTerms: ${uris.termsUri}\nPrivacy: ${uris.privacyUri}\n`);
    // One picture for both is there once; one that mail does not show, not at all.
    const attached = (light: BrandingImage) =>
      toMail(message, { ...product, branding: toBranding({ logo: { light } }, '') }, language).attachments
        .length;
    expect(attached(logo.light)).toBe(1);
    expect(attached({ type: 'image/svg+xml', content: Buffer.from('<svg/>') })).toBe(0);
  });

  it('has nothing of a name but the name: no header, and no HTML', () => {
    const name = 'Acme\r\nBcc: eve@example.com\u2028<img src=x onerror="x()">{site}';
    const { subject, html, text } = toMail(
      message,
      { name, url: 'https://example.com', branding: toBranding({}, name) },
      language,
    );
    expect(subject).toBe('Your code for Acme Bcc: eve@example.com <img src=x onerror="x()">{site}');
    expect(html).not.toContain('<img');
    expect(html).toContain('&#60;img src=x onerror=&#34;x()&#34;&#62;{site}');
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
      const verified = () =>
        received.map(({ headers, body }) => {
          const signed = headers as Record<string, string>;
          return new Webhook(SECRET).verify(body, signed) as { type: string; data: object };
        });
      expect(verified).not.toThrow();
      const bodies = verified();
      expect(bodies[1]).toMatchObject({
        type: 'message.verification-code',
        data: { to: phone, rpId: 'localhost', locales: ['de-AT', 'en'] },
      });
      // It is not good for as long as it was.
      const { validFor } = bodies[1]!.data as { validFor: number };
      expect([validFor > 500, validFor < 600]).toEqual([true, true]);
      const [first, second] = received.map(({ headers }) => headers['webhook-id']);
      expect(first).toBe(second);
      const other = { ...(received[0]!.headers as Record<string, string>) };
      expect(() => new Webhook(SECRET).verify(received[0]!.body.replace('phone', 'email'), other)).toThrow();
    } finally {
      await server.stop();
    }
  });

  it('do not wait for mails that have failed before, however long a mail server takes for those', async () => {
    answers = [];
    const mail = await awayMailServer();
    const env = { ...configured(mail), MESSAGE_WEBHOOK_URL: url, MESSAGE_WEBHOOK_SECRET: SECRET };
    const server = await TestServer.start(env);
    try {
      const asked = Array.from({ length: 25 }, () => ask(server, freshEmail()));
      for (const answer of await Promise.all(asked)) expectStatus(200, answer);
      const tried = async () =>
        server.query(
          `SELECT FROM passkey.waiting_messages WHERE attempts > 0 AND next_attempt_at < now() + interval '1 minute'`,
        );
      await until(async () => (await tried()).length === 25);
      mail.isAway = false;
      mail.looksFor = 60_000;
      await server.query(`UPDATE passkey.waiting_messages SET next_attempt_at = now()`);
      await until(() => mail.mails.length >= 10);
      const phone = { type: 'phone', value: '+442071830003' };
      expectStatus(200, await ask(server, phone));
      await until(() => received.some(({ body }) => body.includes(phone.value)), 'no code came', 10);
    } finally {
      await server.stop();
      await mail.stop();
    }
  }, 60_000);

  it('do not wait for mails that are tried for the first time either', async () => {
    answers = [];
    const mail = await MailServer.start({ disabledCommands: ['STARTTLS'] });
    mail.looksFor = 60_000;
    const env = { ...configured(mail), MESSAGE_WEBHOOK_URL: url, MESSAGE_WEBHOOK_SECRET: SECRET };
    const server = await TestServer.start(env);
    try {
      const asked = Array.from({ length: 25 }, () => ask(server, freshEmail()));
      for (const answer of await Promise.all(asked)) expectStatus(200, answer);
      await until(() => mail.mails.length >= 20);
      const phone = { type: 'phone', value: '+442071830004' };
      expectStatus(200, await ask(server, phone));
      await until(() => received.some(({ body }) => body.includes(phone.value)), 'no code came', 10);
      // Nor have mails more places for that.
      expect(mail.mails).toHaveLength(20);
    } finally {
      await server.stop();
      await mail.stop();
    }
  }, 60_000);
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
    ['SMTP_CA', { SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: FROM, SMTP_CA: 'package.json' }],
    ['SMTP_CA', { SMTP_URL: 'smtp://mail.example.com', MAIL_FROM: FROM, SMTP_CA: 'no-such.pem' }],
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
