import type { Configuration } from '../configuration';
import { Smtp } from '../messages/smtp';
import { type Finding, Findings } from './finding';

/** Asks the mail server whether it would take mail, and sends none. */
export async function examineMessages({
  messenger,
  mail,
  messageWebhook,
}: Configuration): Promise<Finding[]> {
  const findings = new Findings('messages');
  if (messenger !== 'send') return findings.list;
  if (mail) {
    const at = `the mail server at ${mail.host}:${mail.port}`;
    try {
      await new Smtp(mail, () => ({
        subject: '',
        text: '',
        html: '',
        attachments: [],
        fromName: '',
      })).verify();
      findings.ok(`${at} takes mail of ${mail.from.address}`);
    } catch (error) {
      findings.problem(`${at} can't be used: ${(error as Error).message}`);
    }
    if (mail.tls === 'off') findings.warn(`${at} is told codes without TLS (?tls=off)`);
  }
  if (messageWebhook) {
    const { host } = new URL(messageWebhook.url);
    findings.ok(`${host} is sent ${mail ? 'the messages to phone numbers' : 'every message'}, signed`);
  } else findings.warn('nothing sends text messages: a code to a phone number is refused');
  return findings.list;
}
