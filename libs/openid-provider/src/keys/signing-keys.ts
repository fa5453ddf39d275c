import { createPrivateKey, generateKeyPair, randomUUID } from 'node:crypto';
import { promisify } from 'node:util';
import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { MODULE_OPTIONS, type ResolvedOptions, TABLES, Sealing, Secrets } from 'nestjs-passkey-sign-in';
import type { JWK } from 'oidc-provider';
import { DataSource } from 'typeorm';
import { SIGNING_KEY } from '../storage/sealed-columns';

/** Bytes, since what is asked for is encoded. */
const generate = promisify(generateKeyPair) as unknown as (
  type: string,
  options: object,
) => Promise<{ privateKey: Buffer }>;

/** What tokens are signed with; the first that a client takes counts. */
export const SIGNING_ALGORITHMS = ['RS256', 'ES256', 'EdDSA'] as const;
type SigningAlgorithm = (typeof SIGNING_ALGORITHMS)[number];

/** Encoded: Node.js 20 can wait for itself for ever when it exports a key object that it has just generated. */
const ENCODED = {
  publicKeyEncoding: { type: 'spki', format: 'der' },
  privateKeyEncoding: { type: 'pkcs8', format: 'der' },
} as const;

const MAKE: Record<SigningAlgorithm, () => Promise<{ privateKey: Buffer }>> = {
  RS256: () => generate('rsa', { modulusLength: 2048, ...ENCODED }),
  ES256: () => generate('ec', { namedCurve: 'P-256', ...ENCODED }),
  EdDSA: () => generate('ed25519', ENCODED),
};

/** Days. */
const SIGNS_FOR = 90;
/** So long before it signs a key is published: clients keep what they have read for a while. */
const PUBLISHED_BEFORE = 1;
/** So long after it has signed last a key is published: what it has signed is looked at still. */
const PUBLISHED_AFTER = 30;

interface Row {
  id: string;
  algorithm: SigningAlgorithm;
  turn: number;
  key: Buffer;
  signs: boolean;
}

/**
 * Keys that sign, of each relying party its own: made when first asked for, kept sealed, and followed by others in time.
 * Of several servers that make one at once the first one's counts.
 */
@Injectable()
export class SigningKeys implements OnModuleInit {
  private readonly sealing: Sealing;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    @Inject(MODULE_OPTIONS) { secrets }: ResolvedOptions,
    private readonly ofInstallation: Secrets,
  ) {
    if (secrets.length === 0) throw new Error('secret: is needed for openIdProvider');
    this.sealing = new Sealing(secrets, SIGNING_KEY.purpose);
  }

  onModuleInit(): void {
    this.ofInstallation.add('oidc_signing_keys', () => this.sealAnew());
  }

  /** Private keys as JWKs: of each algorithm first the one that signs now, then those that are published beside it. */
  async of(relyingPartyId: string): Promise<JWK[]> {
    let rows = await this.rows(relyingPartyId);
    const missing = SIGNING_ALGORITHMS.filter((algorithm) => !this.isCared(rows, algorithm));
    if (missing.length > 0) {
      await Promise.all(missing.map((algorithm) => this.make(relyingPartyId, algorithm, rows)));
      rows = await this.rows(relyingPartyId);
    }
    return rows.flatMap((row) => {
      const jwk = this.open(row);
      return jwk ? [{ ...jwk, kid: row.id, alg: row.algorithm, use: 'sig' }] : [];
    });
  }

  /** Null of one that another secret has sealed: it is as good as gone. */
  private open({ id, key }: Row): JWK | null {
    return this.sealing.open(key, Buffer.from(id)) as JWK | null;
  }

  /** The one that signs, and the one that signs next once its time is near. */
  private isCared(rows: (Row & { isLate?: boolean })[], algorithm: SigningAlgorithm): boolean {
    const [latest] = rows
      .filter((row) => row.algorithm === algorithm && this.open(row) !== null)
      .sort((a, b) => b.turn - a.turn);
    return latest !== undefined && !latest.isLate;
  }

  private rows(relyingPartyId: string): Promise<(Row & { isLate: boolean })[]> {
    return this.dataSource.query(
      `SELECT id, algorithm, turn, key, signs, is_late AS "isLate" FROM (
         SELECT *, signs_from <= now() AS signs,
                signs_from < now() - (${SIGNS_FOR} - ${PUBLISHED_BEFORE}) * interval '1 day' AS is_late,
                lead(signs_from) OVER (PARTITION BY algorithm ORDER BY turn) AS ends_at
           FROM ${this.tables}oidc_signing_keys WHERE relying_party_id = $1) AS k
        WHERE ends_at IS NULL OR ends_at > now() - ${PUBLISHED_AFTER} * interval '1 day'
        ORDER BY array_position($2, algorithm), signs DESC, turn DESC`,
      [relyingPartyId, SIGNING_ALGORITHMS],
    );
  }

  /** Seals under the first secret what others have sealed; tells how many. */
  private async sealAnew(): Promise<number> {
    const rows = await this.dataSource.query<{ id: string; key: Buffer }[]>(
      `SELECT id, key FROM ${this.tables}oidc_signing_keys`,
    );
    let count = 0;
    for (const { id, key } of rows) {
      const sealed = this.sealing.sealAnew(key, Buffer.from(id));
      if (!sealed) continue;
      await this.dataSource.query(
        `UPDATE ${this.tables}oidc_signing_keys SET key = $2 WHERE id = $1 AND key = $3`,
        [id, sealed, key],
      );
      count += 1;
    }
    return count;
  }

  private async make(relyingPartyId: string, algorithm: SigningAlgorithm, rows: Row[]): Promise<void> {
    const turns = rows.filter((row) => row.algorithm === algorithm).map(({ turn }) => turn);
    const turn = Math.max(-1, ...turns) + 1;
    const id = randomUUID();
    const { privateKey } = await MAKE[algorithm]();
    const jwk = createPrivateKey({ key: privateKey, format: 'der', type: 'pkcs8' }).export({ format: 'jwk' });
    const key = this.sealing.seal(jwk, Buffer.from(id));
    // Where none can sign, it does so at once.
    const signs = rows.some((row) => row.algorithm === algorithm && row.signs && this.open(row) !== null);
    await this.dataSource.query(
      `INSERT INTO ${this.tables}oidc_signing_keys (id, relying_party_id, algorithm, turn, key, signs_from)
       VALUES ($1, $2, $3, $4, $5, now() + $6 * interval '1 day')
       ON CONFLICT (relying_party_id, algorithm, turn) DO NOTHING`,
      [id, relyingPartyId, algorithm, turn, key, signs ? PUBLISHED_BEFORE : 0],
    );
  }
}
