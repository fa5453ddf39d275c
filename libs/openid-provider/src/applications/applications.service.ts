import { hash, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
  type AuditEvent,
  type AuditEventType,
  AuditService,
  type Caller,
  ExperienceException,
  isUuid,
  nextCursorOf,
  readPaging,
  type RpId,
  SCHEMA,
} from 'nestjs-passkey-sign-in';
import { DataSource, type EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import { PayloadsRepository } from '../storage/payloads.repository';
import type { Application, ApplicationType } from './application';
import {
  ApplicationDto,
  type ApplicationPageDto,
  type ApplicationSecretDto,
  type CreateApplicationDto,
  type CreatedApplicationDto,
  type CreatedSecretDto,
  type UpdateApplicationDto,
} from './application.dto';
import { ApplicationsRepository, COLUMNS } from './applications.repository';
import { whyNoRedirectUri, whyNoUri } from './redirect-uri';

/** Who asks, and for which relying party. */
export interface Asking {
  rpId: RpId;
  caller: Caller;
}

const URIS = ['backchannelLogoutUri', 'logoUri', 'termsUri', 'privacyUri'] as const;

/** Private members of JWKs (RFC 7518, section 6). */
const PRIVATE = ['d', 'p', 'q', 'dp', 'dq', 'qi', 'oth', 'k', 'priv'];

const newSecret = (): string => randomBytes(32).toString('base64url');
const hashOf = (secret: string): string => hash('sha256', secret, 'base64url');
const mayKeepSecrets = ({ type, jwks }: Pick<Application, 'type' | 'jwks'>): boolean =>
  (type === 'web' || type === 'machine') && !jwks;

/** Applications as the management API knows them. */
@Injectable()
export class ApplicationsService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SCHEMA) private readonly schema: string,
    private readonly applications: ApplicationsRepository,
    private readonly payloads: PayloadsRepository,
    private readonly audit: AuditService,
  ) {}

  /** @throws ExperienceException `guard.invalid_input`, naming each wrong member */
  async create({ type, ...body }: CreateApplicationDto, asking: Asking): Promise<CreatedApplicationDto> {
    const application: Application = {
      ...{ id: uuidV7(), relyingPartyId: asking.rpId, name: body.name, type, secretHashes: [] },
      redirectUris: body.redirectUris ?? [],
      postLogoutRedirectUris: body.postLogoutRedirectUris ?? [],
      backchannelLogoutUri: body.backchannelLogoutUri ?? null,
      logoUri: body.logoUri ?? null,
      termsUri: body.termsUri ?? null,
      privacyUri: body.privacyUri ?? null,
      thirdParty: body.thirdParty ?? false,
      groups: body.groups ?? [],
      jwks: body.jwks ?? null,
      subjectType: body.subjectType ?? 'public',
    };
    check(application);
    const secret = mayKeepSecrets(application) ? newSecret() : undefined;
    await this.change('application.created', application.id, asking, async (transaction) => {
      await this.save(application, transaction);
      if (secret !== undefined) await this.insertSecret(uuidV7(), application.id, secret, transaction);
    });
    return { ...ApplicationDto.of(application), ...(secret !== undefined && { secret }) };
  }

  async list(rpId: RpId, cursor?: string, limit?: string): Promise<ApplicationPageDto> {
    const paging = readPaging(cursor, limit);
    const rows = await this.dataSource.query<Application[]>(
      `SELECT ${COLUMNS(this.schema)} FROM ${this.schema}.applications a
        WHERE a.relying_party_id = $1 AND ($2::uuid IS NULL OR a.id > $2) ORDER BY a.id LIMIT $3`,
      [rpId, paging.cursor ?? null, paging.limit + 1],
    );
    return {
      applications: rows.slice(0, paging.limit).map((row) => ApplicationDto.of(row)),
      nextCursor: nextCursorOf(rows, paging.limit),
    };
  }

  /** @throws ExperienceException `application.not_found` */
  async get(id: string, rpId: RpId): Promise<ApplicationDto> {
    return ApplicationDto.of(await this.required(id, rpId));
  }

  /** Changes what is given; null takes a member back to what it is by default. */
  async update(id: string, body: UpdateApplicationDto, asking: Asking): Promise<ApplicationDto> {
    const before = await this.required(id, asking.rpId);
    const given = Object.fromEntries(
      Object.entries(body).filter(([, value]) => value !== undefined),
    ) as UpdateApplicationDto;
    const after: Application = {
      ...before,
      ...(given.name !== undefined && { name: given.name }),
      ...('redirectUris' in given && { redirectUris: given.redirectUris ?? [] }),
      ...('postLogoutRedirectUris' in given && {
        postLogoutRedirectUris: given.postLogoutRedirectUris ?? [],
      }),
      ...('groups' in given && { groups: given.groups ?? [] }),
      ...('thirdParty' in given && { thirdParty: given.thirdParty ?? false }),
      ...('jwks' in given && { jwks: given.jwks ?? null }),
      ...('subjectType' in given && { subjectType: given.subjectType ?? ('public' as const) }),
      ...Object.fromEntries(URIS.filter((name) => name in given).map((name) => [name, given[name] ?? null])),
    };
    check(after);
    await this.change('application.changed', id, asking, (transaction) => this.save(after, transaction));
    return ApplicationDto.of(after);
  }

  /** Its tokens, and what users have allowed it, end with it. */
  async delete(id: string, asking: Asking): Promise<void> {
    await this.required(id, asking.rpId);
    await this.change('application.deleted', id, asking, async (transaction) => {
      await transaction.query(`DELETE FROM ${this.schema}.applications WHERE id = $1`, [id]);
      await transaction.query(`DELETE FROM ${this.schema}.application_consents WHERE application_id = $1`, [
        id,
      ]);
      await this.payloads.deleteOfApplication(id, transaction);
    });
  }

  /** @throws ExperienceException `application.not_found`; `guard.invalid_input` where it can keep none */
  async createSecret(id: string, asking: Asking): Promise<CreatedSecretDto> {
    const application = await this.required(id, asking.rpId);
    if (!mayKeepSecrets(application)) {
      const data = { type: [`applications of type ${application.type}, or with keys, have no secret`] };
      throw new ExperienceException('guard.invalid_input', { data });
    }
    const created = { id: uuidV7(), secret: newSecret() };
    await this.change('application-secret.created', id, asking, (transaction) =>
      this.insertSecret(created.id, id, created.secret, transaction),
    );
    return created;
  }

  async listSecrets(id: string, rpId: RpId): Promise<ApplicationSecretDto[]> {
    await this.required(id, rpId);
    const rows = await this.dataSource.query<{ id: string; createdAt: Date }[]>(
      `SELECT id, created_at AS "createdAt" FROM ${this.schema}.application_secrets WHERE application_id = $1 ORDER BY id`,
      [id],
    );
    return rows.map(({ id, createdAt }) => ({ id, createdAt: createdAt.toISOString() }));
  }

  /** @throws ExperienceException `application.not_found`, of the secret too */
  async deleteSecret(id: string, secretId: string, asking: Asking): Promise<void> {
    await this.required(id, asking.rpId);
    await this.change('application-secret.deleted', id, asking, async (transaction) => {
      const [, deleted] = isUuid(secretId)
        ? await transaction.query<[unknown, number]>(
            `DELETE FROM ${this.schema}.application_secrets WHERE application_id = $1 AND id = $2`,
            [id, secretId],
          )
        : [null, 0];
      if (deleted === 0) throw new ExperienceException('application.not_found');
    });
  }

  private async required(id: string, rpId: RpId): Promise<Application> {
    const application = await this.applications.find(rpId, id);
    if (!application) throw new ExperienceException('application.not_found');
    return application;
  }

  /** In one transaction with the event that tells of it. */
  private async change(
    type: AuditEventType,
    application: string,
    { rpId, caller }: Asking,
    act: (transaction: EntityManager) => Promise<void>,
  ): Promise<void> {
    const event: AuditEvent = await this.dataSource.transaction(async (transaction) => {
      await act(transaction);
      return this.audit.write({ type, rpId, userId: null, details: { application } }, caller, transaction);
    });
    this.audit.publish(event);
  }

  private async save(application: Application, transaction: EntityManager): Promise<void> {
    const { id, relyingPartyId, name, type, redirectUris, postLogoutRedirectUris, thirdParty, groups } =
      application;
    const { backchannelLogoutUri, logoUri, termsUri, privacyUri, jwks, subjectType } = application;
    await transaction.query(
      `INSERT INTO ${this.schema}.applications (id, relying_party_id, name, type, redirect_uris, post_logout_redirect_uris,
         third_party, groups, backchannel_logout_uri, logo_uri, terms_uri, privacy_uri, jwks, subject_type)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)
       ON CONFLICT (id) DO UPDATE SET name = excluded.name, redirect_uris = excluded.redirect_uris,
         post_logout_redirect_uris = excluded.post_logout_redirect_uris, third_party = excluded.third_party,
         groups = excluded.groups, backchannel_logout_uri = excluded.backchannel_logout_uri, logo_uri = excluded.logo_uri,
         terms_uri = excluded.terms_uri, privacy_uri = excluded.privacy_uri, jwks = excluded.jwks,
         subject_type = excluded.subject_type`,
      [
        ...[id, relyingPartyId, name, type, redirectUris, postLogoutRedirectUris, thirdParty, groups],
        ...[backchannelLogoutUri, logoUri, termsUri, privacyUri, jwks && JSON.stringify(jwks), subjectType],
      ],
    );
  }

  private async insertSecret(
    id: string,
    applicationId: string,
    secret: string,
    transaction: EntityManager,
  ): Promise<void> {
    await transaction.query(
      `INSERT INTO ${this.schema}.application_secrets (id, application_id, hash) VALUES ($1, $2, $3)`,
      [id, applicationId, hashOf(secret)],
    );
  }
}

/** @throws ExperienceException `guard.invalid_input`, naming each wrong member */
function check(application: Application): void {
  const { type, redirectUris, postLogoutRedirectUris, jwks } = application;
  const data: Record<string, string[]> = {};
  const note = (member: string, why: string | null) => {
    if (why !== null) data[member] = [...(data[member] ?? []), why];
  };
  for (const uri of redirectUris) note('redirectUris', whyNoRedirectUri(type, uri));
  if (redirectUris.length === 0 && isLedBack(type)) note('redirectUris', 'must have at least one address');
  for (const uri of postLogoutRedirectUris) note('postLogoutRedirectUris', whyNoUri(uri, type === 'native'));
  for (const name of URIS) if (application[name] !== null) note(name, whyNoUri(application[name]));
  if (jwks) {
    const keys: unknown = jwks.keys;
    const areKeys =
      Array.isArray(keys) &&
      keys.length > 0 &&
      keys.length <= 20 &&
      keys.every((key) => typeof key === 'object' && key !== null);
    if (!areKeys) note('jwks', 'must have "keys", 1 to 20 JWKs');
    else if (keys.some((key) => PRIVATE.some((member) => member in (key as object)))) {
      note('jwks', 'must have public keys alone: make new ones, since these are known now');
    }
  }
  if (Object.keys(data).length > 0) throw new ExperienceException('guard.invalid_input', { data });
}

const isLedBack = (type: ApplicationType): boolean => type !== 'machine' && type !== 'device';
