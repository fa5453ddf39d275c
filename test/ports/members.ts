import { randomUUID } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  ExperienceException,
  type Identifier,
  type NewUser,
  type UserDirectory,
  type UserId,
  type UserLookup,
  type UserProfile,
} from 'nestjs-passkey-sign-in';
import { DataSource, type EntityManager } from 'typeorm';

/** A host's own table of people, who sign in by a login name and have a name besides. */
const TABLE = `
  CREATE TABLE public.members (
    id uuid PRIMARY KEY, login text NOT NULL UNIQUE, full_name text NOT NULL, mail text, barred boolean NOT NULL DEFAULT false
  )`;

/** A directory of the host's table: it writes to no other. */
@Injectable()
export class Members implements UserDirectory {
  constructor(private readonly dataSource: DataSource) {}

  async makeTable(): Promise<void> {
    await this.dataSource.query(TABLE);
  }

  async dropTable(): Promise<void> {
    await this.dataSource.query('DROP TABLE public.members');
  }

  async add(login: string, mail: string): Promise<UserId> {
    const id = randomUUID() as string as UserId;
    await this.dataSource.query(
      `INSERT INTO public.members (id, login, full_name, mail) VALUES ($1, $2, 'Known as ' || $2, $3)`,
      [id, login, mail],
    );
    return id;
  }

  async bar(id: UserId): Promise<void> {
    await this.dataSource.query('UPDATE public.members SET barred = true WHERE id = $1', [id]);
  }

  async remove(id: UserId): Promise<void> {
    await this.dataSource.query('DELETE FROM public.members WHERE id = $1', [id]);
  }

  async locate({ type, value }: Identifier): Promise<UserLookup | null> {
    const columns: Record<string, string | undefined> = { username: 'login', email: 'mail' };
    const column = columns[type] ?? 'NULL';
    const [member] = await this.dataSource.query<{ id: UserId }[]>(
      `SELECT id FROM public.members WHERE ${column} = $1`,
      [value],
    );
    return member ? { userId: member.id } : null;
  }

  async profileOf(
    userId: UserId,
    transaction: EntityManager = this.dataSource.manager,
  ): Promise<UserProfile | null> {
    const [member] = await transaction.query<{ name: string; mail: string | null }[]>(
      'SELECT full_name AS name, mail FROM public.members WHERE id = $1',
      [userId],
    );
    if (!member) return null;
    return {
      name: member.name,
      addresses: member.mail === null ? [] : [{ type: 'email', value: member.mail }],
    };
  }

  async isSuspended(userId: UserId, transaction: EntityManager = this.dataSource.manager): Promise<boolean> {
    const [member] = await transaction.query<{ barred: boolean }[]>(
      'SELECT barred FROM public.members WHERE id = $1',
      [userId],
    );
    return member?.barred ?? true;
  }

  async create({ identifier }: NewUser, transaction: EntityManager): Promise<UserId> {
    const [member] = await transaction.query<{ id: UserId }[]>(
      `INSERT INTO public.members (id, login, full_name) VALUES (gen_random_uuid(), $1, 'Known as ' || $1)
       ON CONFLICT (login) DO NOTHING RETURNING id`,
      [identifier.value],
    );
    if (!member) throw new ExperienceException('user.username_already_in_use');
    return member.id;
  }
}
