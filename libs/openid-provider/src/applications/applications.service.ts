import { createPublicKey, type JsonWebKey, randomBytes } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import {
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
import { hashOfSecret } from './application-secret';
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

/** Columns of what can be changed, and in their order what an application has there. */
const CHANGEABLE = [
  ...[
    'name',
    'redirect_uris',
    'post_logout_redirect_uris',
    'backchannel_logout_uri',
    'logo_uri',
    'terms_uri',
  ],
  ...['privacy_uri', 'third_party', 'groups', 'jwks', 'subject_type'],
];
const changeableOf = (application: Application): unknown[] => {
  const { name, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, logoUri, termsUri } = application;
  const { privacyUri, thirdParty, groups, jwks, subjectType } = application;
  return [
    ...[name, redirectUris, postLogoutRedirectUris, backchannelLogoutUri, logoUri, termsUri],
    ...[privacyUri, thirdParty, groups, jwks && JSON.stringify(jwks), subjectType],
  ];
};

const newSecret = (): string => randomBytes(32).toString('base64url');
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
    await this.write('application.created', application.id, asking, async (transaction) => {
      await this.insert(application, transaction);
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
    const given = Object.fromEntries(
      Object.entries(body).filter(([, value]) => value !== undefined),
    ) as UpdateApplicationDto;
    return this.change('application.changed', id, asking, async (before, transaction) => {
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
        ...Object.fromEntries(
          URIS.filter((name) => name in given).map((name) => [name, given[name] ?? null]),
        ),
      };
      check(after);
      await this.save(after, transaction);
      return ApplicationDto.of(after);
    });
  }

  /** Its tokens, and what users have allowed it, end with it. */
  async delete(id: string, asking: Asking): Promise<void> {
    await this.change('application.deleted', id, asking, async (_application, transaction) => {
      await transaction.query(`DELETE FROM ${this.schema}.applications WHERE id = $1`, [id]);
      await transaction.query(`DELETE FROM ${this.schema}.application_consents WHERE application_id = $1`, [
        id,
      ]);
      await this.payloads.deleteOfApplication(id, transaction);
    });
  }

  /** @throws ExperienceException `application.not_found`; `guard.invalid_input` where it can keep none */
  async createSecret(id: string, asking: Asking): Promise<CreatedSecretDto> {
    const created = { id: uuidV7(), secret: newSecret() };
    await this.change('application-secret.created', id, asking, (application, transaction) => {
      if (mayKeepSecrets(application)) return this.insertSecret(created.id, id, created.secret, transaction);
      const data = { type: [`applications of type ${application.type}, or with keys, have no secret`] };
      throw new ExperienceException('guard.invalid_input', { data });
    });
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
    await this.change('application-secret.deleted', id, asking, async (_application, transaction) => {
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

  /** Acts on an application that is there and stays as it is meanwhile. */
  private change<T>(
    type: AuditEventType,
    id: string,
    asking: Asking,
    act: (application: Application, transaction: EntityManager) => Promise<T>,
  ): Promise<T> {
    return this.write(type, id, asking, async (transaction) => {
      const application = await this.applications.lock(asking.rpId, id, transaction);
      if (!application) throw new ExperienceException('application.not_found');
      return act(application, transaction);
    });
  }

  /** In one transaction with the event that tells of it. */
  private async write<T>(
    type: AuditEventType,
    application: string,
    { rpId, caller }: Asking,
    act: (transaction: EntityManager) => Promise<T>,
  ): Promise<T> {
    const { result, event } = await this.dataSource.transaction(async (transaction) => {
      const result = await act(transaction);
      const about = { type, rpId, userId: null, details: { application } };
      return { result, event: await this.audit.write(about, caller, transaction) };
    });
    this.audit.publish(event);
    return result;
  }

  private async insert(application: Application, transaction: EntityManager): Promise<void> {
    const { id, relyingPartyId, type } = application;
    await transaction.query(
      `INSERT INTO ${this.schema}.applications (id, ${CHANGEABLE.join(', ')}, relying_party_id, type)
       VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)`,
      [id, ...changeableOf(application), relyingPartyId, type],
    );
  }

  private async save(application: Application, transaction: EntityManager): Promise<void> {
    const assignments = CHANGEABLE.map((column, index) => `${column} = $${index + 2}`);
    await transaction.query(
      `UPDATE ${this.schema}.applications SET ${assignments.join(', ')} WHERE id = $1`,
      [application.id, ...changeableOf(application)],
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
      [id, applicationId, hashOfSecret(secret)],
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
  if (application.subjectType === 'pairwise') note('subjectType', whyNotPairwise(application));
  if (jwks) note('jwks', whyNoKeys(jwks));
  if (Object.keys(data).length > 0) throw new ExperienceException('guard.invalid_input', { data });
}

const isLedBack = (type: ApplicationType): boolean => type !== 'machine' && type !== 'device';

/** Subjects are keyed by the host that users are led back to (OpenID Connect Core 1.0, section 8.1). */
function whyNotPairwise({ type, redirectUris }: Application): string | null {
  if (type === 'device') return 'can not be pairwise for this type of application';
  const hosts = redirectUris.filter((uri) => URL.canParse(uri)).map((uri) => new URL(uri).host);
  return new Set(hosts).size > 1 ? 'can be pairwise only where all redirectUris are of one host' : null;
}

function whyNoKeys(jwks: { keys: unknown }): string | null {
  const keys: unknown = jwks.keys;
  if (!Array.isArray(keys) || keys.length === 0 || keys.length > 20) return 'must have "keys", 1 to 20 JWKs';
  for (const key of keys) {
    if (typeof key !== 'object' || key === null) return 'must have "keys", 1 to 20 JWKs';
    if (PRIVATE.some((member) => member in (key as object))) {
      return 'must have public keys alone: make new ones, since these are known now';
    }
    if (!isPublicKey(key as JsonWebKey)) return 'must have keys of RFC 7518 or RFC 8037 alone';
  }
  // As JSON writes U+0000 and lone surrogates, which no jsonb has.
  return /\\u(0000|d[89a-f])/.test(JSON.stringify(jwks)) ? 'must be Unicode text' : null;
}

function isPublicKey(key: JsonWebKey): boolean {
  try {
    createPublicKey({ key, format: 'jwk' });
    return true;
  } catch {
    return false;
  }
}
