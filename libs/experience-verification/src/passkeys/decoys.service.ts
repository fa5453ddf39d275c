import {
  Inject,
  Injectable,
  Logger,
  type OnApplicationBootstrap,
  type OnModuleDestroy,
} from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { TABLES } from '../database/tables';
import { Secrets } from '../database/secrets/secrets.service';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { Identifier } from '../identifiers/identifier';
import { MOST_OFFERED, type OfferedCredential, type RpId } from '../webauthn/webauthn-types';
import { COMMON_ACCOUNTS, decoyCredentials, isDecoyCredential, type PasskeyShape } from './decoy-credentials';

/** Accounts of which a sample is made, and how many it has at least. */
const LOOKS = 512;
const SMALLEST_SAMPLE = 64;

const POLL_MS = 60_000;

/**
 * Passkeys of accounts that are not there, where accounts are secret. They have the number, lengths and transports of
 * real accounts' passkeys: a sample is taken once, when there are enough accounts, and is kept, so that the decoy of an
 * identifier stays what it is.
 */
@Injectable()
export class Decoys implements OnApplicationBootstrap, OnModuleDestroy {
  private readonly logger = new Logger(Decoys.name);
  private readonly samples = new Map<RpId, PasskeyShape[][]>();
  private timer: NodeJS.Timeout | undefined;
  private running: Promise<void> = Promise.resolve();

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly secrets: Secrets,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    if (!this.isOn) return;
    await this.look();
    this.timer = setInterval(() => {
      this.running = this.look();
    }, POLL_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.running;
  }

  /** For an identifier that has none. */
  of(rpId: RpId, identifier: Identifier): OfferedCredential[] {
    return decoyCredentials(this.secret, rpId, identifier, this.samples.get(rpId) ?? COMMON_ACCOUNTS);
  }

  has(rpId: RpId, credentialId: Buffer): boolean {
    return this.isOn && isDecoyCredential(this.secret, rpId, credentialId);
  }

  private get isOn(): boolean {
    return this.options.accountEnumeration === 'decoy';
  }

  /** That of the installation: a decoy that changed with the secret would be told from a passkey. */
  private get secret(): string {
    return this.secrets.ofInstallation;
  }

  /** Reads the samples, and takes those that are missing once there are enough accounts. */
  async look(): Promise<void> {
    try {
      for (const rpId of new Set(this.options.relyingParties.all.map(({ id }) => id))) {
        if (!this.samples.has(rpId)) await this.lookAt(rpId);
      }
      if (this.samples.size === new Set(this.options.relyingParties.all.map(({ id }) => id)).size) {
        clearInterval(this.timer);
      }
    } catch (error) {
      this.logger.warn({ problem: 'accounts could not be sampled for decoys', cause: String(error) });
    }
  }

  private async lookAt(rpId: RpId): Promise<void> {
    await this.dataSource.query(takeSample(this.tables), [rpId]);
    const [sample] = await this.dataSource.query<{ accounts: PasskeyShape[][] }[]>(
      `SELECT accounts FROM ${this.tables}decoy_samples WHERE rp_id = $1`,
      [rpId],
    );
    if (sample) this.samples.set(rpId, sample.accounts);
  }
}

/** Looks at random places of the index for whoever comes next: the table may be long. One server's sample is everybody's. */
const takeSample = (tables: string): string =>
  `WITH places AS (SELECT md5(n || ' ' || random())::uuid AS at FROM generate_series(1, ${LOOKS}) AS n
                    WHERE NOT EXISTS (SELECT FROM ${tables}decoy_samples WHERE rp_id = $1)),
        people AS (
          SELECT DISTINCT found.user_id FROM places CROSS JOIN LATERAL (
            SELECT c.user_id FROM ${tables}credential_records c
             WHERE c.user_id >= places.at AND c.rp_id = $1 ORDER BY c.user_id LIMIT 1) AS found),
        accounts AS (
          SELECT (SELECT jsonb_agg(jsonb_build_object('length', p.length, 'transports', p.transports) ORDER BY p.place)
                    FROM (SELECT length(c.credential_id) AS length, c.transports,
                                 row_number() OVER (ORDER BY coalesce(c.last_used_at, c.created_at) DESC, c.id) AS place
                            FROM ${tables}credential_records c WHERE c.user_id = people.user_id AND c.rp_id = $1
                           ORDER BY place LIMIT ${MOST_OFFERED}) AS p) AS passkeys
            FROM people)
   INSERT INTO ${tables}decoy_samples (rp_id, accounts)
   SELECT $1, jsonb_agg(passkeys) FROM accounts HAVING count(*) >= ${SMALLEST_SAMPLE}
   ON CONFLICT (rp_id) DO NOTHING`;
