import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { SCHEMA } from '../database/schema';
import { DataSource, type EntityManager, In, MoreThan } from 'typeorm';
import { violatedUniqueConstraint } from '../database/database-availability';
import { ExperienceException } from '../errors/experience.exception';
import type { NewCredential } from '../registration/new-credential';
import { User } from '../users/user.entity';
import type { OfferedCredential, RpId, Transport, UserId } from '../webauthn/webauthn-types';
import { CredentialRecord } from './credential-record.entity';

/** A user as authenticators know one, with the passkeys of one relying party. */
export interface PasskeyOwner {
  userHandle: Buffer;
  name: string;
  passkeys: OfferedCredential[];
}

@Injectable()
export class CredentialRecordRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SCHEMA) private readonly schema: string,
  ) {}

  list(userId: UserId, rpId: RpId): Promise<CredentialRecord[]> {
    return this.dataSource.manager.find(CredentialRecord, {
      where: { userId, rpId },
      order: { createdAt: 'ASC', id: 'ASC' },
    });
  }

  async findOwner(userId: UserId, rpId: RpId): Promise<PasskeyOwner | null> {
    const rows = await this.dataSource.query<
      { userHandle: Buffer; name: string; credentialId: Buffer | null; transports: Transport[] }[]
    >(
      `SELECT u.user_handle AS "userHandle", coalesce(u.username, u.primary_email, u.primary_phone, '') AS name,
              c.credential_id AS "credentialId", c.transports
         FROM ${this.schema}.users u LEFT JOIN ${this.schema}.credential_records c ON c.user_id = u.id AND c.rp_id = $2
        WHERE u.id = $1 ORDER BY c.created_at, c.id`,
      [userId, rpId],
    );
    const [user] = rows;
    if (!user) return null;
    const passkeys = rows.flatMap(({ credentialId, transports }) =>
      credentialId ? [{ credentialId, transports }] : [],
    );
    return { userHandle: user.userHandle, name: user.name, passkeys };
  }

  /** Passkeys with their owners, in the order of their ids, from the one after `after`. */
  async page(rpId: RpId, limit: number, after?: string): Promise<(CredentialRecord & { user: User })[]> {
    const records = await this.dataSource.manager.find(CredentialRecord, {
      where: after === undefined ? { rpId } : { rpId, id: MoreThan(after) },
      order: { id: 'ASC' },
      take: limit,
    });
    const owners = await this.dataSource.manager.findBy(User, {
      id: In([...new Set(records.map(({ userId }) => userId))]),
    });
    const byId = new Map(owners.map((owner) => [owner.id, owner]));
    return records.flatMap((record) => {
      const user = byId.get(record.userId);
      return user ? [{ ...record, user }] : [];
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
      if (violatedUniqueConstraint(error) === 'credential_records_rp_id_credential_id_key') {
        throw new ExperienceException('session.mfa.webauthn_credential_already_in_use');
      }
      throw error;
    }
    return record;
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
   * @param deleted what else belongs to the deletion, in its transaction
   */
  async deleteUnlessLast(
    userId: UserId,
    rpId: RpId,
    id: string,
    deleted: (transaction: EntityManager) => Promise<void>,
  ): Promise<'deleted' | 'last' | 'not found'> {
    return this.dataSource.transaction(async (transaction) => {
      const ids = await transaction.query<{ id: string }[]>(
        `SELECT id FROM ${this.schema}.credential_records WHERE user_id = $1 AND rp_id = $2 ORDER BY id FOR UPDATE`,
        [userId, rpId],
      );
      if (!ids.some((row) => row.id === id)) return 'not found';
      if (ids.length === 1) return 'last';
      await transaction.delete(CredentialRecord, { id, userId });
      await deleted(transaction);
      return 'deleted';
    });
  }

  /** False when there was none. */
  async delete(userId: UserId, rpId: RpId, id: string, transaction: EntityManager): Promise<boolean> {
    const { affected } = await transaction.delete(CredentialRecord, { id, userId, rpId });
    return (affected ?? 0) > 0;
  }
}
