import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
  type OnModuleInit,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { MODULE_OPTIONS, type ResolvedOptions } from '../../experience-verification.options';
import { installationOf } from '../installation';
import { TABLES } from '../tables';
import { installationSecretOf, keptSecretOf } from './installation-secret';
import { INSTALLATION_SECRET } from './sealed-columns';
import { Sealing } from './sealing';

/** How often it is looked for what another server has sealed under an earlier secret meanwhile. */
const LOOK_MS = 600_000;

/** Seals anew what an earlier secret has sealed; tells how many. */
type SealAnew = () => Promise<number>;

/**
 * The secret, and what it takes to change it. While there are several, the first seals and signs and each opens and verifies;
 * what the others have sealed is sealed anew, and the installation's own last: once a server starts with the first alone,
 * nothing needed the others.
 */
@Injectable()
export class Secrets implements OnModuleInit, OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Secrets.name);
  private readonly sealing: Sealing;
  private readonly others: [name: string, sealAnew: SealAnew][] = [];
  private first: string | undefined;
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
  ) {
    this.sealing = new Sealing(options.secrets, INSTALLATION_SECRET.purpose);
  }

  /**
   * The one that the installation began with, for what must stay the same when the secret changes.
   * @throws Error without any
   */
  get ofInstallation(): string {
    if (this.first === undefined) throw new Error('there is no secret, or it has not been read yet');
    return this.first;
  }

  /** Has what the name says sealed anew while there are several secrets. To be said in `onModuleInit`. */
  add(name: string, sealAnew: SealAnew): void {
    this.others.push([name, sealAnew]);
  }

  /** @throws SecretError when the database was sealed under another */
  async onModuleInit(): Promise<void> {
    const [present] = this.options.secrets;
    if (present === undefined) return;
    this.first = await installationSecretOf(this.dataSource, this.options.secrets);
    if (this.first !== undefined) return;
    const id = await installationOf(this.dataSource);
    await this.dataSource.query(
      `INSERT INTO ${this.tables}installation_secrets (installation_id, sealed) VALUES ($1, $2)
       ON CONFLICT (installation_id) DO NOTHING`,
      [id, this.sealing.seal(present, Buffer.from(id))],
    );
    // Of several servers that start at once the first one's counts.
    this.first = await installationSecretOf(this.dataSource, this.options.secrets);
  }

  onApplicationBootstrap(): void {
    if (this.options.secrets.length < 2) return;
    const look = () => {
      this.running = this.sealAnew().then(
        (sealed) => {
          this.logger.log({ secrets: 'all is sealed under the first of them', sealed });
        },
        (error: unknown) => {
          this.logger.warn({
            problem: 'what an earlier secret sealed was not sealed anew',
            cause: String(error),
          });
        },
      );
    };
    look();
    this.timer = setInterval(look, LOOK_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** Seals under the first secret all that others have sealed; tells how many of each kind. */
  async sealAnew(): Promise<Record<string, number>> {
    const counts: Record<string, number> = {};
    for (const [name, sealAnew] of this.others) counts[name] = await sealAnew();
    const kept = await keptSecretOf(this.dataSource);
    const sealed = kept && this.sealing.sealAnew(kept.sealed, Buffer.from(kept.id));
    if (kept && sealed) {
      await this.dataSource.query(
        `UPDATE ${this.tables}installation_secrets SET sealed = $2 WHERE installation_id = $1 AND sealed = $3`,
        [kept.id, sealed, kept.sealed],
      );
    }
    return counts;
  }
}
