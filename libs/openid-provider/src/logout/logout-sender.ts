import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { MODULE_OPTIONS, type ResolvedOptions } from 'nestjs-passkey-sign-in';
import { Issuers } from '../provider/issuers';
import { type DueNotice, LogoutNoticesRepository } from './logout-notices.repository';

/** Milliseconds between two looks. */
const EVERY = 1_000;
const MOST = 20;
const MOST_ENDS = 500;
/** Over some hours. */
const ATTEMPTS = 10;

/** Tells applications that a session is over, however it ended, until they have heard it. */
@Injectable()
export class LogoutSender implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(LogoutSender.name);
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> | null = null;

  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly notices: LogoutNoticesRepository,
    private readonly issuers: Issuers,
  ) {}

  onApplicationBootstrap(): void {
    this.timer = setInterval(() => {
      this.running ??= this.sendDue()
        .catch((error: unknown) => {
          this.logger.warn({
            problem: 'applications were not told of ends of sessions',
            cause: String(error),
          });
        })
        .finally(() => {
          this.running = null;
        });
    }, EVERY).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  async sendDue(): Promise<void> {
    await this.notices.noteEnds(MOST_ENDS);
    const due = await this.notices.takeDue(MOST);
    await Promise.all(due.map((notice) => this.send(notice)));
  }

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
