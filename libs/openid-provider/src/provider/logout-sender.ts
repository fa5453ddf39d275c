import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { MODULE_OPTIONS, type ResolvedOptions } from 'nestjs-passkey-sign-in';
import { Issuers } from './issuers';
import { type DueNotice, LogoutNoticesRepository } from '../logout/logout-notices.repository';

/** Milliseconds between two looks. */
const EVERY = 1_000;
const MOST = 20;
/** Notices that are under way to one application at a time. */
const MOST_OF_ONE = 20;
const MOST_ENDS = 500;
/** Over some hours. */
const ATTEMPTS = 10;

/** Tells applications that a session is over, however it ended, until they have heard it. None waits for another. */
@Injectable()
export class LogoutSender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(LogoutSender.name);
  private timer: NodeJS.Timeout | undefined;
  private taking: Promise<void> | null = null;
  /** What is under way, by application. */
  private readonly underWay = new Map<string, Set<Promise<void>>>();

  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly notices: LogoutNoticesRepository,
    private readonly issuers: Issuers,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.taking ??= this.sendDue()
        .catch(this.warn)
        .finally(() => {
          this.taking = null;
        });
    }, EVERY).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.taking;
    await Promise.all([...this.underWay.values()].flatMap((sends) => [...sends]));
  }

  private async sendDue(): Promise<void> {
    await this.notices.noteEnds(MOST_ENDS);
    for (let due: DueNotice[] | undefined; due === undefined || due.length === MOST;) {
      const busy = [...this.underWay].filter(([, sends]) => sends.size >= MOST_OF_ONE).map(([id]) => id);
      due = await this.notices.takeDue(MOST, busy);
      for (const notice of due) this.begin(notice);
    }
  }

  private begin(notice: DueNotice): void {
    const { clientId } = notice;
    const sends = this.underWay.get(clientId) ?? new Set();
    this.underWay.set(clientId, sends);
    const sending = this.send(notice)
      .catch(this.warn)
      .finally(() => {
        sends.delete(sending);
        if (sends.size === 0) this.underWay.delete(clientId);
      });
    sends.add(sending);
  }

  private readonly warn = (error: unknown): void => {
    this.logger.warn({ problem: 'applications were not told of ends of sessions', cause: String(error) });
  };

  private async send(notice: DueNotice): Promise<void> {
    const { relyingPartyId, clientId, userId, sid, attempts } = notice;
    try {
      const relyingParty = this.options.relyingParties.all.find(({ id }) => id === relyingPartyId);
      if (relyingParty) await this.issuers.tellOfLogout(relyingParty, clientId, userId, sid);
      await this.notices.delete(notice);
    } catch (error) {
      const isLast = attempts >= ATTEMPTS;
      this.logger.warn({
        problem: 'an application was not told of the end of a session',
        clientId,
        attempts,
        isLast,
        cause: String(error),
      });
      if (isLast) await this.notices.delete(notice);
    }
  }
}
