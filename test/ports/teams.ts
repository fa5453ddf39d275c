import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import type { RpId, UserGroups, UserId } from 'nestjs-passkey-sign-in';
import { DataSource, type EntityManager } from 'typeorm';

/** A host's own table of teams, each with who is in it. */
const TABLE = `
  CREATE TABLE public.teams (id uuid PRIMARY KEY, rp_id text NOT NULL, members uuid[] NOT NULL DEFAULT '{}')`;

/** Groups of the host's table: they write to no other. */
@Injectable()
export class Teams implements UserGroups {
  constructor(private readonly dataSource: DataSource) {}

  async makeTable(): Promise<void> {
    await this.dataSource.query(TABLE);
  }

  async dropTable(): Promise<void> {
    await this.dataSource.query('DROP TABLE public.teams');
  }

  async add(rpId: RpId): Promise<string> {
    const id = randomUUID();
    await this.dataSource.query('INSERT INTO public.teams (id, rp_id) VALUES ($1, $2)', [id, rpId]);
    return id;
  }

  async remove(id: string): Promise<void> {
    await this.dataSource.query('DELETE FROM public.teams WHERE id = $1', [id]);
  }

  async membersOf(id: string): Promise<string[]> {
    const [team] = await this.dataSource.query<{ members: string[] }[]>(
      'SELECT members FROM public.teams WHERE id = $1',
      [id],
    );
    return team?.members ?? [];
  }

  async known(ids: string[], rpId: RpId): Promise<string[]> {
    const teams = await this.dataSource.query<{ id: string }[]>(
      'SELECT id FROM public.teams WHERE id = ANY ($1) AND rp_id = $2',
      [ids, rpId],
    );
    return teams.map(({ id }) => id);
  }

  async join(ids: string[], userId: UserId, rpId: RpId, transaction: EntityManager): Promise<boolean> {
    const wanted = [...new Set(ids)];
    const kept = await transaction.query<unknown[]>(
      'SELECT FROM public.teams WHERE id = ANY ($1) AND rp_id = $2 ORDER BY id FOR UPDATE',
      [wanted, rpId],
    );
    if (kept.length < wanted.length) return false;
    await transaction.query(
      `UPDATE public.teams SET members = array_append(members, $2) WHERE id = ANY ($1) AND NOT $2 = ANY (members)`,
      [wanted, userId],
    );
    return true;
  }
}
