import { type AccountMessage, type MessageTry, UndeliverableError } from 'nestjs-passkey-sign-in';
import { createTransport } from 'nodemailer';
import type { MailConfiguration } from '../configuration/messages';
import type { Channel } from './channel';
import type { Mail } from './mail';

const TIMEOUT_MS = 10_000;

/** One that has begun to answer may look at a mail for minutes before it takes it (RFC 5321, section 4.5.3.2). */
const SILENCE_MS = 120_000;

const transportTo = ({ host, port, tls, auth, ca }: MailConfiguration, socketTimeout: number) =>
  createTransport({
    host,
    port,
    secure: tls === 'from-the-start',
    requireTLS: tls === 'starttls',
    ignoreTLS: tls === 'off',
    ...(auth && { auth }),
    ...(ca && { tls: { ca } }),
    connectionTimeout: TIMEOUT_MS,
    greetingTimeout: TIMEOUT_MS,
    socketTimeout,
    disableFileAccess: true,
    disableUrlAccess: true,
  });

/** A mail server, over TLS from the start (`smtps`) or by STARTTLS, without which nothing is said to it. */
export class Smtp implements Channel {
  private readonly transport: ReturnType<typeof transportTo>;

  /** @param write the mail of a message */
  constructor(
    private readonly mail: MailConfiguration,
    private readonly write: (message: AccountMessage) => Mail & { fromName: string },
  ) {
    this.transport = transportTo(mail, SILENCE_MS);
  }

  reaches(type: AccountMessage['to']['type']): boolean {
    return type === 'email';
  }

  async send(message: AccountMessage, { signal }: MessageTry): Promise<void> {
    const { fromName, ...mail } = this.write(message);
    const { address, name = fromName } = this.mail.from;
    try {
      await this.transport.sendMail({
        ...mail,
        from: { name, address },
        // As an object, it is one address whatever is in it.
        to: { name: '', address: message.to.value },
        // Nobody's holiday is of interest (RFC 3834).
        headers: { 'auto-submitted': 'auto-generated' },
        signal,
      });
    } catch (error) {
      if (isFinal(error)) throw new UndeliverableError((error as Error).message, { cause: error });
      throw error;
    }
  }

  /** @throws Error when the server is away, refuses TLS, or the name and password */
  async verify(): Promise<void> {
    await transportTo(this.mail, TIMEOUT_MS).verify();
  }
}

/** Of the recipient or the mail, by a permanent reply (RFC 5321, section 4.2.1); a wrong password may be put right. */
function isFinal(error: unknown): boolean {
  const { responseCode = 0, code } = error as { responseCode?: number; code?: string };
  return responseCode >= 500 && (code === 'EENVELOPE' || code === 'EMESSAGE');
}
