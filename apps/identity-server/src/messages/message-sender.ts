import { setTimeout as delay } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnModuleDestroy } from '@nestjs/common';
import type { AccountMessage, AccountMessenger } from 'nestjs-passkey-sign-in';
import { type Channel, UndeliverableError } from './channel';

export const CHANNELS = Symbol('CHANNELS');

/** Seconds between tries; after the last one a message is given up. */
const BACK_OFF = [2, 5, 15, 60, 300, 900, 3_600];

/** Messages that wait for a receiver that is away. */
const MOST_WAITING = 1_000;

/**
 * Sends messages over the first channel that reaches an address, and tries again while the receiver is away: a code for as
 * long as it is valid. What waits is in memory, since a code is not to lie in a database; what a stop leaves unsent is logged.
 */
@Injectable()
export class MessageSender implements AccountMessenger, OnModuleDestroy {
  private readonly logger = new Logger(MessageSender.name);
  private readonly stopping = new AbortController();
  private waiting = 0;

  constructor(@Inject(CHANNELS) private readonly channels: Channel[]) {}

  reaches(to: AccountMessage['to']): boolean {
    return this.channelTo(to) !== undefined;
  }

  async send(message: AccountMessage): Promise<void> {
    const channel = this.channelTo(message.to);
    if (!channel) throw new Error(`nothing sends messages to an address of the type ${message.to.type}`);
    const end = message.kind === 'verification-code' ? Date.now() + message.validFor * 1000 : Infinity;
    const { signal } = this.stopping;
    for (let tries = 0; ; tries += 1) {
      try {
        await channel.send(message, signal);
        return;
      } catch (error) {
        const wait = (BACK_OFF[tries] ?? Infinity) * 1000;
        const isOver = error instanceof UndeliverableError || signal.aborted || Date.now() + wait >= end;
        if (isOver || wait === Infinity || this.waiting >= MOST_WAITING) throw error;
        const { kind } = message;
        this.logger.warn({ problem: 'a message waits', kind, seconds: wait / 1000, cause: String(error) });
        await this.wait(wait, signal);
      }
    }
  }

  /** Those that wait end, as messages that were not sent. */
  onModuleDestroy(): void {
    this.stopping.abort(new Error('the server stops'));
  }

  private async wait(milliseconds: number, signal: AbortSignal): Promise<void> {
    this.waiting += 1;
    try {
      await delay(milliseconds, undefined, { signal });
    } catch {
      throw signal.reason;
    } finally {
      this.waiting -= 1;
    }
  }

  private channelTo({ type }: AccountMessage['to']): Channel | undefined {
    return this.channels.find((channel) => channel.reaches(type));
  }
}
