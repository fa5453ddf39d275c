import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { text } from 'node:stream/consumers';
import { Logger } from '@nestjs/common';
import { type Identifier, PrintingMessenger } from 'nestjs-passkey-sign-in';
import { Webhook } from 'standardwebhooks';
import { readConfiguration } from '../../apps/identity-server/src/configuration';
import { channelsOf } from '../../apps/identity-server/src/messages/channels';
import { MessageSender } from '../../apps/identity-server/src/messages/message-sender';
import { configured, MailServer, partsOf } from '../support/mail-server';
import {
  describeAccountMessengerContract,
  type MessengerUnderTest,
  type Receipt,
} from './account-messenger.contract';

type Started = MessengerUnderTest & { stop(): Promise<void> };

const SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
const THERE = {
  ...{ hosts: ['there.localhost'], id: 'there.localhost', name: 'There' },
  origins: ['http://there.localhost:3000'],
};

/** The server's messenger, as the variables set it up. */
const sender = (env: Record<string, string>) =>
  new MessageSender(channelsOf({ ...readConfiguration(env), tenants: [THERE] }));

/** Prints to the log, which refuses nothing. */
const printing = (): Promise<Started> => {
  const lines: { to: string }[] = [];
  const log = jest.spyOn(Logger.prototype, 'log').mockImplementation((line) => lines.push(line as never));
  return Promise.resolve({
    messenger: new PrintingMessenger(),
    toldTo: ({ value }) => lines.filter(({ to }) => to === value).map((line) => JSON.stringify(line)),
    // It is for development, where whoever reads the log is at the page as well.
    namesRelyingParty: false,
    receiver: null,
    stop: () => {
      log.mockRestore();
      return Promise.resolve();
    },
  });
};

/** What a mail says, without its headers and its picture of it in HTML. */
const plainTextOf = (source: string): string =>
  /content-type: text\/plain.*?\r\n\r\n(.*?)\r\n--/is.exec(partsOf(source))![1]!;

const byMail = async (): Promise<Started> => {
  const receiver = { answer: 'taken' as Receipt, asked: 0 };
  const replies: Partial<Record<Receipt, number>> = { 'refused for good': 550, 'refused for now': 451 };
  const mail = await MailServer.start({
    disabledCommands: ['STARTTLS'],
    onRcptTo: (_address, _session, done) => {
      receiver.asked += 1;
      if (receiver.answer === 'never') return;
      const responseCode = replies[receiver.answer];
      done(responseCode === undefined ? null : Object.assign(new Error('no'), { responseCode }));
    },
  });
  return {
    messenger: sender(configured(mail)),
    toldTo: ({ value }) =>
      mail.mails.filter(({ to }) => to.includes(value)).map(({ source }) => plainTextOf(source)),
    namesRelyingParty: true,
    receiver: {
      get asked() {
        return receiver.asked;
      },
      set answer(answer: Receipt) {
        receiver.answer = answer;
        mail.isAway = answer === 'cut off';
      },
    },
    stop: () => mail.stop(),
  };
};

const overWebhook = async (): Promise<Started> => {
  const receiver = { answer: 'taken' as Receipt, asked: 0 };
  const replies: Partial<Record<Receipt, number>> = { 'refused for good': 422, 'refused for now': 503 };
  const bodies: { type: string; data: { to: Identifier } }[] = [];
  const server: Server = createServer((request, response) => {
    void text(request).then((body) => {
      const message = new Webhook(SECRET).verify(body, request.headers as Record<string, string>);
      receiver.asked += 1;
      if (receiver.answer === 'never') return;
      if (receiver.answer === 'cut off') {
        request.socket.destroy();
        return;
      }
      if (receiver.answer === 'taken') bodies.push(message as (typeof bodies)[0]);
      response.writeHead(replies[receiver.answer] ?? 204).end();
    });
  }).listen(0, '127.0.0.1');
  await once(server, 'listening');
  const url = `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
  return {
    messenger: sender({ MESSAGE_WEBHOOK_URL: url, MESSAGE_WEBHOOK_SECRET: SECRET }),
    toldTo: ({ value }) =>
      bodies
        .filter(({ data }) => data.to.value === value)
        .map(({ type, data }) => JSON.stringify({ type, data })),
    namesRelyingParty: true,
    receiver,
    stop: async () => {
      server.close();
      server.closeAllConnections();
      await once(server, 'close');
    },
  };
};

describe.each([
  { name: 'in the log', start: printing },
  { name: 'by mail', start: byMail },
  { name: 'over a webhook', start: overWebhook },
])('a messenger $name', ({ start }) => {
  let underTest: Started;
  beforeAll(async () => {
    underTest = await start();
  });
  afterAll(() => underTest.stop());

  describeAccountMessengerContract(() => underTest);
});
