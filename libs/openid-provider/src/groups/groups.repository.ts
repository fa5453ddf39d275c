import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { isUuid, type RpId, TABLES, type UserId } from 'nestjs-passkey-sign-in';
import { DataSource, type EntityManager } from 'typeorm';
import type { Group } from './group.entity';

export type NamedGroup = Pick<Group, 'id' | 'name'>;

@Injectable()
export class GroupsRepository {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
  ) {}

  /** By name. */
  list(rpId: string): Promise<NamedGroup[]> {
    return this.dataSource.query(
      `SELECT id, name FROM ${this.tables}groups WHERE relying_party_id = $1 ORDER BY name`,
      [rpId],
    );
  }

  async find(id: string, rpId: string): Promise<NamedGroup | null> {
    if (!isUuid(id)) return null;
    const [found] = await this.dataSource.query<NamedGroup[]>(
      `SELECT id, name FROM ${this.tables}groups WHERE id = $1 AND relying_party_id = $2`,
      [id, rpId],
    );
    return found ?? null;
  }

  /** Those of the ids that are groups of the relying party. */
  async known(ids: string[], rpId: RpId): Promise<string[]> {
    const rows = await this.dataSource.query<{ id: string }[]>(
      `SELECT id FROM ${this.tables}groups WHERE id = ANY ($1) AND relying_party_id = $2`,
      [ids, rpId],
    );
    return rows.map(({ id }) => id);
  }

  /** False when there is none; nobody else changes or deletes it until the transaction is over. */
  async lock(id: string, rpId: string, transaction: EntityManager): Promise<boolean> {
    if (!isUuid(id)) return false;
    const found = await transaction.query<unknown[]>(
      `SELECT id FROM ${this.tables}groups WHERE id = $1 AND relying_party_id = $2 FOR UPDATE`,
      [id, rpId],
    );
    return found.length > 0;
  }

  async insert({ id, name }: NamedGroup, rpId: string, transaction: EntityManager): Promise<void> {
    await transaction.query(
      `INSERT INTO ${this.tables}groups (id, relying_party_id, name) VALUES ($1, $2, $3)`,
      [id, rpId, name],
    );
  }

  async rename(id: string, name: string, transaction: EntityManager): Promise<void> {
    await transaction.query(`UPDATE ${this.tables}groups SET name = $2 WHERE id = $1`, [id, name]);
  }

  async delete(id: string, transaction: EntityManager): Promise<void> {
    await transaction.query(`DELETE FROM ${this.tables}groups WHERE id = $1`, [id]);
  }

  /** What applications are told of its members; null when there is no such group. */
  async claimsOf(id: string, rpId: string): Promise<Group['claims'] | null> {
    if (!isUuid(id)) return null;
    const [found] = await this.dataSource.query<Pick<Group, 'claims'>[]>(
      `SELECT claims FROM ${this.tables}groups WHERE id = $1 AND relying_party_id = $2`,
      [id, rpId],
    );
    return found?.claims ?? null;
  }

  /** False when there is no such group. */
  async setClaims(
    id: string,
    rpId: string,
    claims: Group['claims'],
    transaction: EntityManager,
  ): Promise<boolean> {
    if (!isUuid(id)) return false;
    const [, changed] = await transaction.query<[unknown, number]>(
      `UPDATE ${this.tables}groups SET claims = $3 WHERE id = $1 AND relying_party_id = $2`,
      [id, rpId, JSON.stringify(claims)],
    );
    return changed > 0;
  }

  /** Ids of at most `limit` members, in their order. */
  members(id: string, limit: number, after: string | null): Promise<{ id: string }[]> {
    return this.dataSource.query(
      `SELECT user_id AS id FROM ${this.tables}group_members
        WHERE group_id = $1 AND ($2::uuid IS NULL OR user_id > $2) ORDER BY user_id LIMIT $3`,
      [id, after, limit],
    );
  }

  /** False when the tenant has no such user; it is not deleted until the transaction is over. */
  async keepUser(userId: string, tenant: string, transaction: EntityManager): Promise<boolean> {
    if (!isUuid(userId)) return false;
    const found = await transaction.query<unknown[]>(
      `SELECT id FROM ${this.tables}users WHERE id = $1 AND coalesce(tenant, $2) = $2 FOR KEY SHARE`,
      [userId, tenant],
    );
    return found.length > 0;
  }

  /** False when it was so already. */
  async setMember(
    id: string,
    userId: string,
    isMember: boolean,
    transaction: EntityManager,
  ): Promise<boolean> {
    const table = `${this.tables}group_members`;
    const [{ changed }] = await transaction.query<[{ changed: boolean }]>(
      isMember
        ? `WITH done AS (INSERT INTO ${table} (group_id, user_id) VALUES ($1, $2) ON CONFLICT DO NOTHING RETURNING true)
           SELECT EXISTS (SELECT FROM done) AS changed`
        : `WITH done AS (DELETE FROM ${table} WHERE group_id = $1 AND user_id = $2 RETURNING true)
           SELECT EXISTS (SELECT FROM done) AS changed`,
      [id, userId],
    );
    return changed;
  }

  /** False, and nothing is done, when one of the groups is gone; else the user is in each of them from now on. */
  async join(ids: string[], userId: UserId, rpId: RpId, transaction: EntityManager): Promise<boolean> {
    const [{ joined }] = await transaction.query<[{ joined: boolean }]>(
      `WITH kept AS (
         SELECT id FROM ${this.tables}groups WHERE id = ANY ($1) AND relying_party_id = $3 FOR KEY SHARE),
       found AS (SELECT count(*) = cardinality($1::uuid[]) AS all_of_them FROM kept),
       done AS (
         INSERT INTO ${this.tables}group_members (group_id, user_id) SELECT id, $2 FROM kept, found WHERE all_of_them
         ON CONFLICT DO NOTHING)
       SELECT all_of_them AS joined FROM found`,
      [[...new Set(ids)], userId, rpId],
    );
    return joined;
  }
}
