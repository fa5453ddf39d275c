import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { TABLES } from '../database/tables';
import { DataSource, type EntityManager, MoreThan } from 'typeorm';
import { violates } from '../database/database-availability';
import { ExperienceException } from '../errors/experience.exception';
import type { NewCredential } from '../records/new-credential';
import { MOST_OFFERED, type OfferedCredential, type RpId, type UserId } from '../webauthn/webauthn-types';
import { CredentialRecord } from './credential-record.entity';

type MayBeNull = {
  [K in keyof CredentialRecord]-?: null extends CredentialRecord[K] ? K : never;
}[keyof CredentialRecord];

/** A passkey that comes from another system; its age may not be known, and what is left out is null. */
export type ImportedCredential = Omit<CredentialRecord, 'createdAt' | MayBeNull> &
  Partial<Pick<CredentialRecord, MayBeNull>> & { createdAt: Date | null };

@Injectable()
export class CredentialRecordRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
  ) {}

  list(userId: UserId, rpId: RpId): Promise<CredentialRecord[]> {
    return this.dataSource.manager.find(CredentialRecord, {
      where: { userId, rpId },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
  }

  find(userId: UserId, rpId: RpId, id: string): Promise<CredentialRecord | null> {
    return this.dataSource.manager.findOneBy(CredentialRecord, { id, userId, rpId });
  }

  async idsOf(userId: UserId, rpId: RpId, transaction: EntityManager): Promise<string[]> {
    const records = await transaction.find(CredentialRecord, {
      ...{ select: { id: true }, where: { userId, rpId }, order: { id: 'ASC' } },
    });
    return records.map(({ id }) => id);
  }

  /** What options tell of the user's passkeys, the latest used first. */
  offered(userId: UserId, rpId: RpId): Promise<OfferedCredential[]> {
    return this.dataSource.query<OfferedCredential[]>(
      `SELECT credential_id AS "credentialId", transports FROM ${this.tables}credential_records
        WHERE user_id = $1 AND rp_id = $2
        ORDER BY coalesce(last_used_at, created_at) DESC, id LIMIT ${MOST_OFFERED}`,
      [userId, rpId],
    );
  }

  count(userId: UserId, rpId: RpId, transaction: EntityManager): Promise<number> {
    return transaction.countBy(CredentialRecord, { userId, rpId });
  }

  /** Whether the user has the credential record. */
  has(userId: UserId, id: string, transaction: EntityManager): Promise<boolean> {
    return transaction.existsBy(CredentialRecord, { id, userId });
  }

  /** In the order of their ids, from the one after `after`. */
  page(rpId: RpId, limit: number, after?: string): Promise<CredentialRecord[]> {
    return this.dataSource.manager.find(CredentialRecord, {
      where: after === undefined ? { rpId } : { rpId, id: MoreThan(after) },
      order: { id: 'ASC' },
      take: limit,
    });
  }

  /** @throws ExperienceException `session.mfa.webauthn_credential_already_in_use` */
  async insert(
    userId: UserId,
    { credentialId, publicKey, signCount, ...rest }: NewCredential,
    userHandle: Buffer,
    name: string | null,
    transaction: EntityManager,
  ): Promise<CredentialRecord> {
    const record = transaction.create(CredentialRecord, {
      ...rest,
      id: randomUUID(),
      userId,
      credentialId: Buffer.from(credentialId, 'base64url'),
      publicKey: Buffer.from(publicKey, 'base64url'),
      signCount: String(signCount),
      userHandle,
      name,
      lastUsedAt: null,
      cloneSuspectedAt: null,
    });
    try {
      await transaction.insert(CredentialRecord, record);
    } catch (error) {
      if (violates(error, 'credential_records_rp_id_credential_id_key')) {
        throw new ExperienceException('session.mfa.webauthn_credential_already_in_use');
      }
      throw error;
    }
    return record;
  }

  /** One that has its dates from another system; none of them is later than now, by the database's clock. */
  async insertImported(
    { createdAt, lastUsedAt, ...record }: ImportedCredential,
    transaction: EntityManager,
  ): Promise<void> {
    const [{ now }] = await transaction.query<[{ now: Date }]>(`SELECT now()`);
    const past = (date: Date) => (date < now ? date : now);
    await transaction.insert(CredentialRecord, {
      ...record,
      createdAt: past(createdAt ?? now),
      lastUsedAt: lastUsedAt ? past(lastUsedAt) : null,
    });
  }

  async rename(
    userId: UserId,
    rpId: RpId,
    id: string,
    name: string | null,
    transaction: EntityManager,
  ): Promise<CredentialRecord | null> {
    await transaction.update(CredentialRecord, { id, userId, rpId }, { name });
    return transaction.findOneBy(CredentialRecord, { id, userId, rpId });
  }

  /**
   * Deletes a passkey unless it is the user's last one: passkeys of the user are locked first, so that two
   * deletions at the same moment can't take the last two.
   */
  async deleteUnlessLast(
    userId: UserId,
    rpId: RpId,
    id: string,
    transaction: EntityManager,
  ): Promise<'deleted' | 'last' | 'not found'> {
    const ids = await transaction.query<{ id: string }[]>(
      `SELECT id FROM ${this.tables}credential_records WHERE user_id = $1 AND rp_id = $2 ORDER BY id FOR UPDATE`,
      [userId, rpId],
    );
    if (!ids.some((row) => row.id === id)) return 'not found';
    if (ids.length === 1) return 'last';
    await transaction.delete(CredentialRecord, { id, userId });
    return 'deleted';
  }

  async deleteAll(userId: UserId, transaction: EntityManager): Promise<void> {
    await transaction.delete(CredentialRecord, { userId });
  }

  /** False when there was none. */
  async delete(userId: UserId, rpId: RpId, id: string, transaction: EntityManager): Promise<boolean> {
    const { affected } = await transaction.delete(CredentialRecord, { id, userId, rpId });
    return (affected ?? 0) > 0;
  }
}
