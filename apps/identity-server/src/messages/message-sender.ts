import { Inject, Injectable } from '@nestjs/common';
import type { AccountMessage, AccountMessenger, MessageTry } from 'nestjs-passkey-sign-in';
import type { Channel } from './channel';

export const CHANNELS = Symbol('CHANNELS');

/** Sends messages over the first channel that reaches an address. */
@Injectable()
export class MessageSender implements AccountMessenger {
  readonly retries = true;

  constructor(@Inject(CHANNELS) private readonly channels: Channel[]) {}

  reaches(to: AccountMessage['to']): boolean {
    return this.channelTo(to) !== undefined;
  }

  async send(message: AccountMessage, messageTry: MessageTry): Promise<void> {
    const channel = this.channelTo(message.to);
    if (!channel) throw new Error(`nothing sends messages to an address of the type ${message.to.type}`);
    await channel.send(message, messageTry);
  }

  private channelTo({ type }: AccountMessage['to']): Channel | undefined {
    return this.channels.find((channel) => channel.reaches(type));
  }
}
