import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import { SMTPServer, type SMTPServerOptions } from 'smtp-server';
import { until } from './until';

export const FROM = 'no-reply@example.com';
export const PASSWORD = 'p%s@/word';

export interface Received {
  to: string[];
  from: string;
  isSecure: boolean;
  /** Who had to say a password. */
  user: string | undefined;
  /** As it came. */
  source: string;
}

/** A mail server of the test's own, with a certificate that nobody else signed. */
export class MailServer {
  readonly mails: Received[] = [];
  /** Users whose passwords it was told. */
  readonly logins: (string | undefined)[] = [];
  /** What it answers to a recipient, when not yes. */
  refusal: Error | null = null;
  /** How long it looks at a mail before it has taken it, in milliseconds. */
  looksFor = 0;
  /** Whether it takes nobody's connection; the port stays its own. */
  isAway = false;

  private constructor(
    private readonly server: SMTPServer,
    readonly port: number,
  ) {}

  static async start(options: SMTPServerOptions = {}): Promise<MailServer> {
    const made: { mailServer?: MailServer } = {};
    const server = new SMTPServer({
      authOptional: true,
      allowInsecureAuth: false,
      logger: false,
      onAuth: ({ username, password }, _session, done) => {
        made.mailServer?.logins.push(username);
        if (username === 'acme' && password === PASSWORD) done(null, { user: username });
        else done(new Error('wrong password'));
      },
      onConnect: (_session, done) => {
        done(made.mailServer?.isAway ? new Error('away') : null);
      },
      onRcptTo: (_address, _session, done) => {
        done(made.mailServer?.refusal ?? null);
      },
      onData: (stream, { envelope, secure, user }, done) => {
        let source = '';
        stream.on('data', (chunk: Buffer) => (source += chunk.toString('utf8')));
        stream.on('end', () => {
          const { mailFrom, rcptTo } = envelope;
          made.mailServer?.mails.push({
            to: rcptTo.map(({ address }) => address),
            from: mailFrom ? mailFrom.address : '',
            isSecure: secure,
            user,
            source,
          });
          setTimeout(done, made.mailServer?.looksFor).unref();
        });
      },
      ...options,
    });
    // A client that refuses the certificate ends the connection.
    server.on('error', () => undefined);
    const listening = server.listen(0, '127.0.0.1');
    await once(listening, 'listening');
    return (made.mailServer = new MailServer(server, (listening.address() as AddressInfo).port));
  }

  async to(address: string): Promise<Received> {
    const find = () => this.mails.find(({ to }) => to.includes(address));
    await until(() => find() !== undefined, `no mail came to ${address}`);
    return find()!;
  }

  stop(): Promise<void> {
    return new Promise((resolve) => {
      this.server.close(() => {
        resolve();
      });
    });
  }
}

export const configured = (mail: Pick<MailServer, 'port'>, query = '?tls=off') => ({
  SMTP_URL: `smtp://127.0.0.1:${mail.port}${query}`,
  MAIL_FROM: FROM,
});

/** The parts of a mail, decoded. */
export function partsOf(source: string): string {
  return source
    .replaceAll(/=\r\n/g, '')
    .replaceAll(/((?:=[0-9A-F]{2})+)/g, (bytes) =>
      Buffer.from(bytes.replaceAll('=', ''), 'hex').toString('utf8'),
    );
}
