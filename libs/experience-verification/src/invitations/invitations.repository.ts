import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { TABLES } from '../database/tables';
import type { RpId } from '../webauthn/webauthn-types';
import type { Invitation } from './invitation.entity';

export type NewInvitation = Pick<
  Invitation,
  'id' | 'rpId' | 'secretHash' | 'email' | 'groups' | 'maxUses' | 'inviterId'
>;

/** Whether it still lets somebody in, and if not, why: the groups are somebody else's to know. */
export type InvitationState = 'open' | 'used' | 'expired' | 'inviter-gone';

export type ListedInvitation = Omit<Invitation, 'rpId' | 'secretHash'> & { state: InvitationState };

/** Of the one who spends it. */
export type SpentInvitation = Pick<Invitation, 'id' | 'groups'>;

@Injectable()
export class InvitationsRepository {
  /** Whoever may invite no more, or is gone, has invited nobody. */
  private readonly inviterMayInvite: string;
  private readonly lets: string;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
  ) {
    this.inviterMayInvite = `(i.inviter_id IS NULL OR EXISTS (
      SELECT FROM ${tables}users u WHERE u.id = i.inviter_id AND u.administrator AND NOT u.suspended))`;
    this.lets = `i.rp_id = $1 AND i.secret_hash = $2 AND i.expires_at > now() AND i.uses < i.max_uses
      AND ${this.inviterMayInvite}`;
  }

  /** @param ttl seconds */
  async insert(
    { id, rpId, secretHash, email, groups, maxUses, inviterId }: NewInvitation,
    ttl: number,
    transaction: EntityManager,
  ): Promise<Pick<Invitation, 'createdAt' | 'expiresAt'>> {
    const [row] = await transaction.query<Pick<Invitation, 'createdAt' | 'expiresAt'>[]>(
      `INSERT INTO ${this.tables}invitations
         (id, rp_id, secret_hash, email, groups, max_uses, inviter_id, expires_at)
       VALUES ($1, $2, $3, $4, $5, $6, $7, now() + $8 * interval '1 second')
       RETURNING created_at AS "createdAt", expires_at AS "expiresAt"`,
      [id, rpId, secretHash, email, groups, maxUses, inviterId, ttl],
    );
    if (!row) throw new Error('the invitation was not stored');
    return row;
  }

  /** Newest first. @param before id of an invitation */
  list(rpId: RpId, limit: number, before?: string): Promise<ListedInvitation[]> {
    return this.dataSource.query(
      `SELECT i.id, i.email, i.groups, i.uses, i.max_uses AS "maxUses", i.inviter_id AS "inviterId",
              i.created_at AS "createdAt", i.expires_at AS "expiresAt",
              CASE WHEN i.uses >= i.max_uses THEN 'used'
                   WHEN i.expires_at <= now() THEN 'expired'
                   WHEN ${this.inviterMayInvite} THEN 'open'
                   ELSE 'inviter-gone' END AS state
         FROM ${this.tables}invitations i
        WHERE i.rp_id = $1 AND ($3::uuid IS NULL OR i.id < $3) ORDER BY i.id DESC LIMIT $2`,
      [rpId, limit, before ?? null],
    );
  }

  /** One that lets somebody in; null: there is none. */
  async find(rpId: RpId, secretHash: Buffer): Promise<SpentInvitation | null> {
    const [found] = await this.dataSource.query<SpentInvitation[]>(
      `SELECT i.id, i.groups FROM ${this.tables}invitations i WHERE ${this.lets}`,
      [rpId, secretHash],
    );
    return found ?? null;
  }

  /** Uses such a one once, in `transaction`: of two at the last use exactly one can. */
  async spend(rpId: RpId, secretHash: Buffer, transaction: EntityManager): Promise<SpentInvitation | null> {
    const [rows] = await transaction.query<[SpentInvitation[], number]>(
      `UPDATE ${this.tables}invitations i SET uses = i.uses + 1 WHERE ${this.lets} RETURNING i.id, i.groups`,
      [rpId, secretHash],
    );
    return rows[0] ?? null;
  }

  /** False when there is none. */
  async delete(rpId: RpId, id: string, transaction: EntityManager): Promise<boolean> {
    const [, deleted] = await transaction.query<[unknown, number]>(
      `DELETE FROM ${this.tables}invitations WHERE rp_id = $1 AND id = $2`,
      [rpId, id],
    );
    return deleted > 0;
  }
}
