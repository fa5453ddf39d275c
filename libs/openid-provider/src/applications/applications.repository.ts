import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  isUuid,
  prepared,
  type PreparedStatement,
  PreparedStatements,
  type RpId,
  TABLES,
} from 'nestjs-passkey-sign-in';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import { Prefetched } from '../storage/prefetched';
import { applicationColumns } from '../storage/prefetched.statements';
import { type Application, type Applications, UUID } from '../ports/application';
import type { ApplicationSecret } from './application.entity';

/** Columns beside the id, and in their order what an application has there. */
const MEMBERS = [
  ...[
    'name',
    'redirect_uris',
    'post_logout_redirect_uris',
    'backchannel_logout_uri',
    'logo_uri',
    'terms_uri',
  ],
  ...[
    'privacy_uri',
    'third_party',
    'groups',
    'jwks',
    'subject_type',
    'relying_party_id',
    'type',
    'configured',
  ],
];
const valuesOf = (application: Application): unknown[] => {
  const { name, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, logoUri, termsUri } = application;
  const { privacyUri, thirdParty, groups, jwks, subjectType, relyingPartyId, type, configured } = application;
  return [
    ...[name, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, logoUri, termsUri],
    ...[privacyUri, thirdParty, groups, jwks && JSON.stringify(jwks), subjectType],
    ...[relyingPartyId, type, configured],
  ];
};

const PLACES = ['id', ...MEMBERS].map((_, index) => `$${index + 1}`).join(', ');

/** Applications as the database has them. */
@Injectable()
export class ApplicationsRepository implements Applications {
  private readonly findById: PreparedStatement;
  private readonly findNames: PreparedStatement;
  private readonly findMembership: PreparedStatement;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    private readonly statements: PreparedStatements,
    private readonly prefetched: Prefetched,
  ) {
    this.findById = prepared(
      `SELECT ${applicationColumns(tables)} FROM ${tables}applications a WHERE a.id = $1 AND a.relying_party_id = $2`,
    );
    this.findNames = prepared(
      `SELECT id, name FROM ${tables}applications WHERE id = ANY ($1::uuid[]) AND relying_party_id = $2`,
    );
    this.findMembership = prepared(
      `SELECT true AS found FROM ${tables}group_members m JOIN ${tables}groups g ON g.id = m.group_id
        WHERE m.user_id = $1 AND g.relying_party_id = $2 AND g.name = ANY ($3) LIMIT 1`,
    );
  }

  async find(relyingPartyId: string, id: string): Promise<Application | null> {
    if (!UUID.test(id)) return null;
    const known = this.prefetched.take('application', id);
    if (known) return known;
    const [found] = await this.statements.query<Application>(this.findById, [id, relyingPartyId]);
    return found ?? null;
  }

  /** The same, of which nobody else can change or delete anything until the transaction is over. */
  async lock(relyingPartyId: string, id: string, transaction: EntityManager): Promise<Application | null> {
    if (!UUID.test(id)) return null;
    const of = `FROM ${this.tables}applications a WHERE a.id = $1 AND a.relying_party_id = $2`;
    // Locked by itself: a statement that waited sees the row anew, though not what it has from other tables.
    await transaction.query(`SELECT a.id ${of} FOR UPDATE`, [id, relyingPartyId]);
    const [found] = await transaction.query<Application[]>(
      `SELECT ${applicationColumns(this.tables)} ${of}`,
      [id, relyingPartyId],
    );
    return found ?? null;
  }

  /** In the order of their ids. */
  list(relyingPartyId: string, limit: number, after: string | null): Promise<Application[]> {
    return this.dataSource.query(
      `SELECT ${applicationColumns(this.tables)} FROM ${this.tables}applications a
        WHERE a.relying_party_id = $1 AND ($2::uuid IS NULL OR a.id > $2) ORDER BY a.id LIMIT $3`,
      [relyingPartyId, after, limit],
    );
  }

  /** Their names, by their ids. */
  async namesOf(relyingPartyId: string, ids: string[]): Promise<Map<string, string>> {
    const rows = await this.statements.query<{ id: string; name: string }>(this.findNames, [
      ids.filter((id) => UUID.test(id)),
      relyingPartyId,
    ]);
    return new Map(rows.map(({ id, name }) => [id, name]));
  }

  async mayUse(
    { groups, relyingPartyId }: Pick<Application, 'groups' | 'relyingPartyId'>,
    userId: string,
  ): Promise<boolean> {
    if (groups.length === 0) return true;
    const rows = await this.statements.query(this.findMembership, [userId, relyingPartyId, groups]);
    return rows.length > 0;
  }

  async insert(application: Application, transaction: EntityManager): Promise<void> {
    await transaction.query(
      `INSERT INTO ${this.tables}applications (id, ${MEMBERS.join(', ')}) VALUES (${PLACES})`,
      [application.id, ...valuesOf(application)],
    );
  }

  async save(application: Application, transaction: EntityManager): Promise<void> {
    await transaction.query(
      `UPDATE ${this.tables}applications SET (${MEMBERS.join(', ')}) =
         (${MEMBERS.map((_, index) => `$${index + 2}`).join(', ')}) WHERE id = $1`,
      [application.id, ...valuesOf(application)],
    );
  }

  /** Null where it was so already. */
  async saveConfigured(
    application: Application,
    transaction: EntityManager,
  ): Promise<'created' | 'changed' | null> {
    const { id, secretHashes } = application;
    const excluded = MEMBERS.map((column) => `excluded.${column}`).join(', ');
    const [saved] = await transaction.query<{ isNew: boolean }[]>(
      `INSERT INTO ${this.tables}applications AS a (id, ${MEMBERS.join(', ')}) VALUES (${PLACES})
       ON CONFLICT (id) DO UPDATE SET (${MEMBERS.join(', ')}) = (${excluded})
         WHERE (${MEMBERS.map((column) => `a.${column}`).join(', ')}) IS DISTINCT FROM (${excluded})
       RETURNING xmax = 0 AS "isNew"`,
      [id, ...valuesOf(application)],
    );
    const [, ended] = await transaction.query<[unknown, number]>(
      `DELETE FROM ${this.tables}application_secrets WHERE application_id = $1 AND hash <> ALL ($2)`,
      [id, secretHashes],
    );
    const kept = await transaction.query<{ hash: string }[]>(
      `SELECT hash FROM ${this.tables}application_secrets WHERE application_id = $1`,
      [id],
    );
    const added = secretHashes.filter((hash) => !kept.some((secret) => secret.hash === hash));
    for (const hash of added) await this.insertSecret(uuidV7(), id, hash, transaction);
    if (saved) return saved.isNew ? 'created' : 'changed';
    return ended + added.length > 0 ? 'changed' : null;
  }

  /** Whether it is one of the operator's own, of which nobody is asked for consent. */
  async isOwn(id: string, transaction: EntityManager): Promise<boolean> {
    const found = await transaction.query<unknown[]>(
      `SELECT FROM ${this.tables}applications WHERE id = $1 AND NOT third_party`,
      [id],
    );
    return found.length > 0;
  }

  /** Those that a file had, and has no more. */
  findGone(ids: string[], transaction: EntityManager): Promise<{ id: string; relyingPartyId: RpId }[]> {
    return transaction.query(
      `SELECT id, relying_party_id AS "relyingPartyId" FROM ${this.tables}applications
        WHERE configured AND id <> ALL ($1::uuid[])`,
      [ids],
    );
  }

  /** Until the transaction is over nobody else changes any, though all may be used. */
  async lockAll(transaction: EntityManager): Promise<void> {
    await transaction.query(`LOCK TABLE ${this.tables}applications IN SHARE ROW EXCLUSIVE MODE`);
  }

  async delete(id: string, transaction: EntityManager): Promise<void> {
    await transaction.query(`DELETE FROM ${this.tables}applications WHERE id = $1`, [id]);
  }

  /** Without what they are, which nobody knows. */
  listSecrets(applicationId: string): Promise<Pick<ApplicationSecret, 'id' | 'createdAt'>[]> {
    return this.dataSource.query(
      `SELECT id, created_at AS "createdAt" FROM ${this.tables}application_secrets WHERE application_id = $1 ORDER BY id`,
      [applicationId],
    );
  }

  /** @param hash of the secret */
  async insertSecret(
    id: string,
    applicationId: string,
    hash: string,
    transaction: EntityManager,
  ): Promise<void> {
    await transaction.query(
      `INSERT INTO ${this.tables}application_secrets (id, application_id, hash) VALUES ($1, $2, $3)`,
      [id, applicationId, hash],
    );
  }

  /** False when it has no such secret. */
  async deleteSecret(applicationId: string, id: string, transaction: EntityManager): Promise<boolean> {
    if (!isUuid(id)) return false;
    const [, deleted] = await transaction.query<[unknown, number]>(
      `DELETE FROM ${this.tables}application_secrets WHERE application_id = $1 AND id = $2`,
      [applicationId, id],
    );
    return deleted > 0;
  }
}
