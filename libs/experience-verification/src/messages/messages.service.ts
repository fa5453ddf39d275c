import { randomBytes } from 'node:crypto';
import { setMaxListeners } from 'node:events';
import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
  Optional,
} from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import { endUnderWay } from '../database/end-under-way';
import { inTime } from '../database/in-time';
import { OutboxWorker } from '../database/outbox-worker';
import { WAITING_MESSAGE } from '../database/secrets/sealed-columns';
import { Sealing } from '../database/secrets/sealing';
import { Secrets } from '../database/secrets/secrets.service';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { ADDRESS_TYPES, type Identifier, type IdentifierType } from '../identifiers/identifier';
import {
  ACCOUNT_MESSENGER,
  type AccountMessage,
  type AccountMessenger,
  UndeliverableError,
} from '../ports/account-messenger.port';
import type { UserId } from '../webauthn/webauthn-types';
import { type DueMessage, WaitingMessages } from './waiting-messages.repository';

/** Seconds between the first tries, and between all later ones, until the message is over. */
const BACK_OFF = [2, 5, 15, 60, 300, 900];
const LATER = 3_600;

/** Seconds after which a notice is no news any more. */
const NOTICE_TTL = 86_400;

/** Messages to addresses of one type that are under way at a time, and of those the ones that have failed before: a receiver that is stuck leaves room for others. */
const MOST_UNDER_WAY = 20;
const MOST_TRIED_AGAIN = 10;

/** Seconds after which one try is given up, and after which another server makes the next, where this one has died. */
const LONGEST_TRY = 170;
const LEASE = 180;

type Code = Extract<AccountMessage, { kind: 'verification-code' }>;
type CodeToNobody = Omit<Code, 'to'> & { to: null };

/** A message, whose account it is about, and for whom codes are counted (base64url) when it is one. */
export interface NewMessage {
  /** To nobody as much is written, and nobody is sent it. */
  message: AccountMessage | CodeToNobody;
  userId: UserId | null;
  codeOf?: string;
  /** Seconds for which what it tells of lasts, where it ends. A code says so itself. */
  lasts?: number;
}

export type WrittenMessage = NewMessage & { id: string };

/**
 * What goes to owners of accounts over the host's messenger. With one that tries again messages wait in the database, written in
 * the transaction that makes them true; without, each is tried once.
 */
@Injectable()
export class Messages implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Messages.name);
  private readonly sealing: Sealing;
  private readonly underWay = new Set<Promise<void>>();
  /** Gives up what is under way. */
  private readonly end = new AbortController();
  /** By type of address: none waits for another. */
  private readonly workers = new Map(ADDRESS_TYPES.map((type) => [type, this.workerTo(type)]));

  constructor(
    @Inject(MODULE_OPTIONS) options: ResolvedOptions,
    @Optional() @Inject(ACCOUNT_MESSENGER) private readonly messenger: AccountMessenger | null,
    private readonly waiting: WaitingMessages,
    private readonly secrets: Secrets,
  ) {
    // Without a secret what waits can be sent by this server alone, as its codes are.
    const secretsToSeal = options.secrets.length > 0 ? options.secrets : [randomBytes(32).toString('hex')];
    this.sealing = new Sealing(secretsToSeal, WAITING_MESSAGE.purpose);
    // One for each message that is under way.
    setMaxListeners(0, this.end.signal);
  }

  /** Whether the host has a messenger. */
  get areSent(): boolean {
    return this.messenger !== null;
  }

  /** Whether a message can be sent there. */
  reaches(to: Identifier): boolean {
    return this.messenger?.reaches?.(to) ?? this.areSent;
  }

  onModuleInit(): void {
    if (this.messenger?.retries) this.secrets.add('waiting_messages', () => this.sealAnew());
  }

  onApplicationBootstrap(): void {
    if (!this.messenger?.retries) return;
    for (const worker of this.workers.values()) worker.start();
  }

  async onModuleDestroy(): Promise<void> {
    await Promise.all([...this.workers.values()].map((worker) => worker.stop()));
    await endUnderWay(() => Promise.all(this.underWay), this.end);
  }

  /** Writes a message in `transaction`; `publish` it once that is committed. */
  async write(message: NewMessage, transaction?: EntityManager): Promise<WrittenMessage> {
    const written = { ...message, id: uuidV7() };
    if (this.messenger?.retries) {
      const { id, userId, codeOf } = written;
      const sealed = this.sealing.seal(message.message, Buffer.from(id));
      const codeKey = codeOf === undefined ? null : Buffer.from(codeOf, 'base64url');
      await this.waiting.insert(
        { id, codeOf: codeKey, userId, addressType: addressTypeOf(message), sealed },
        ttlOf(message),
        transaction,
      );
    }
    return written;
  }

  /** Has a message sent, in the background: how long that takes would tell whether there is such a user. */
  publish(written: WrittenMessage): void {
    const { id, message } = written;
    if (this.messenger?.retries) void this.workers.get(addressTypeOf(written))?.wake();
    else if (message.to && this.messenger) {
      const sending = this.messenger
        .send(message, { id, signal: this.end.signal })
        .catch((error: unknown) => {
          this.tellUnsent(id, message.kind, error);
        });
      void this.follow(sending);
    }
  }

  /** Ends what waits for a user, in `transaction`. */
  endAll(userId: UserId, transaction: EntityManager): Promise<void> {
    return this.waiting.deleteOf(userId, transaction);
  }

  private async follow(delivery: Promise<void>): Promise<void> {
    this.underWay.add(delivery);
    await delivery;
    this.underWay.delete(delivery);
  }

  private workerTo(type: IdentifierType): OutboxWorker {
    const underWay = { all: 0, again: 0 };
    const worker: OutboxWorker = new OutboxWorker(
      () => this.look(type, underWay, worker),
      (error) => {
        this.logger.warn({ problem: 'the messages that wait could not be read', cause: String(error) });
      },
    );
    return worker;
  }

  private async look(
    type: IdentifierType,
    underWay: { all: number; again: number },
    worker: OutboxWorker,
  ): Promise<number> {
    const most = MOST_UNDER_WAY - underWay.all;
    const due = await this.waiting.lease(type, most, MOST_TRIED_AGAIN - underWay.again, LEASE);
    for (const one of due) {
      const again = one.attempts > 1 ? 1 : 0;
      underWay.all += 1;
      underWay.again += again;
      const delivery = this.deliver(one).catch((error: unknown) => {
        this.logger.warn({
          problem: 'a message may be sent twice',
          messageId: one.id,
          cause: String(error),
        });
      });
      void this.follow(delivery).then(() => {
        underWay.all -= 1;
        underWay.again -= again;
        return worker.wake();
      });
    }
    return due.length;
  }

  private async deliver({ id, sealed, attempts, secondsLeft }: DueMessage): Promise<void> {
    const message = this.sealing.open(sealed, Buffer.from(id)) as AccountMessage | null;
    // Another server's, which has no secret either: that one sends it.
    if (!message || !this.messenger) return;
    const isCode = message.kind === 'verification-code';
    const current = isCode ? { ...message, validFor: Math.min(message.validFor, secondsLeft) } : message;
    try {
      const { messenger } = this;
      await inTime(LONGEST_TRY * 1_000, this.end.signal, (signal) => messenger.send(current, { id, signal }));
    } catch (error) {
      // What the stop has ended was no try: another server makes it at once.
      const isGivenBack = this.end.signal.aborted;
      const seconds = isGivenBack ? 0 : (BACK_OFF[attempts - 1] ?? LATER);
      if (error instanceof UndeliverableError || seconds >= secondsLeft) {
        this.tellUnsent(id, message.kind, error);
      } else {
        await (isGivenBack ? this.waiting.giveBack(id) : this.waiting.postpone(id, seconds));
        const { kind } = message;
        this.logger.warn({
          problem: 'a message waits',
          messageId: id,
          kind,
          attempts,
          seconds,
          cause: String(error),
        });
        return;
      }
    }
    await this.waiting.delete(id);
  }

  private tellUnsent(messageId: string, kind: AccountMessage['kind'], error: unknown): void {
    const what = kind === 'verification-code' ? 'a code' : 'a notice';
    this.logger.error({ problem: `${what} was not sent`, messageId, kind, cause: String(error) });
  }

  private async sealAnew(): Promise<number> {
    let count = 0;
    for (const { id, sealed } of await this.waiting.all()) {
      const anew = this.sealing.sealAnew(sealed, Buffer.from(id));
      if (!anew) continue;
      await this.waiting.replace(id, sealed, anew);
      count += 1;
    }
    return count;
  }
}

/** A message to nobody is tried by none. */
const addressTypeOf = ({ message }: NewMessage): IdentifierType => message.to?.type ?? 'email';

function ttlOf({ message, lasts = NOTICE_TTL }: NewMessage): number {
  if (message.to === null) return 0;
  return message.kind === 'verification-code' ? message.validFor : Math.min(lasts, NOTICE_TTL);
}
