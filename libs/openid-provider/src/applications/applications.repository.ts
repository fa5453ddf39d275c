import { Inject, Injectable } from '@nestjs/common';
import { prepared, type PreparedStatement, PreparedStatements, SCHEMA } from 'nestjs-passkey-sign-in';
import type { EntityManager } from 'typeorm';
import type { Application, Applications } from './application';

/** @param schema quoted */
export const COLUMNS = (schema: string): string => `
  a.id, a.relying_party_id AS "relyingPartyId", a.name, a.type, a.redirect_uris AS "redirectUris",
  a.post_logout_redirect_uris AS "postLogoutRedirectUris", a.backchannel_logout_uri AS "backchannelLogoutUri",
  a.logo_uri AS "logoUri", a.terms_uri AS "termsUri", a.privacy_uri AS "privacyUri", a.third_party AS "thirdParty",
  a.groups, a.jwks, a.subject_type AS "subjectType",
  ARRAY(SELECT hash FROM ${schema}.application_secrets s WHERE s.application_id = a.id) AS "secretHashes"`;

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/;

/** Applications as the database has them. */
@Injectable()
export class ApplicationsRepository implements Applications {
  private readonly findById: PreparedStatement;
  private readonly findMembership: PreparedStatement;

  constructor(
    @Inject(SCHEMA) private readonly schema: string,
    private readonly statements: PreparedStatements,
  ) {
    this.findById = prepared(
      `SELECT ${COLUMNS(schema)} FROM ${schema}.applications a WHERE a.id = $1 AND a.relying_party_id = $2`,
    );
    this.findMembership = prepared(
      `SELECT true AS found FROM ${schema}.group_members m JOIN ${schema}.groups g ON g.id = m.group_id
        WHERE m.user_id = $1 AND g.relying_party_id = $2 AND g.name = ANY ($3) LIMIT 1`,
    );
  }

  async find(relyingPartyId: string, id: string): Promise<Application | null> {
    if (!UUID.test(id)) return null;
    const [found] = await this.statements.query<Application>(this.findById, [id, relyingPartyId]);
    return found ?? null;
  }

  /** The same, of which nobody else can change or delete anything until the transaction is over. */
  async lock(relyingPartyId: string, id: string, transaction: EntityManager): Promise<Application | null> {
    if (!UUID.test(id)) return null;
    const of = `FROM ${this.schema}.applications a WHERE a.id = $1 AND a.relying_party_id = $2`;
    // Locked by itself: a statement that waited sees the row anew, though not what it has from other tables.
    await transaction.query(`SELECT a.id ${of} FOR UPDATE`, [id, relyingPartyId]);
    const [found] = await transaction.query<Application[]>(`SELECT ${COLUMNS(this.schema)} ${of}`, [
      id,
      relyingPartyId,
    ]);
    return found ?? null;
  }

  async mayUse({ groups, relyingPartyId }: Application, userId: string): Promise<boolean> {
    if (groups.length === 0) return true;
    const rows = await this.statements.query(this.findMembership, [userId, relyingPartyId, groups]);
    return rows.length > 0;
  }
}
