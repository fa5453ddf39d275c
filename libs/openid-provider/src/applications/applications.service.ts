import { randomBytes } from 'node:crypto';
import { Injectable } from '@nestjs/common';
import {
  type AuditEventType,
  AuditService,
  type Caller,
  ExperienceException,
  nextCursorOf,
  readPaging,
  type RpId,
} from 'nestjs-passkey-sign-in';
import type { EntityManager } from 'typeorm';
import { v7 as uuidV7 } from 'uuid';
import { ConsentsRepository } from '../consents/consents.repository';
import { PayloadsRepository } from '../storage/payloads.repository';
import type { Application } from '../ports/application';
import { checkApplication, URIS } from './application-check';
import {
  ApplicationDto,
  type ApplicationPageDto,
  type ApplicationSecretDto,
  type CreateApplicationDto,
  type CreatedApplicationDto,
  type CreatedSecretDto,
  type UpdateApplicationDto,
} from './application.dto';
import { base64UrlHashOf } from './application-secret';
import { ApplicationsRepository } from './applications.repository';

/** Who asks, and for which relying party. */
export interface Asking {
  rpId: RpId;
  caller: Caller;
}

/** What a new one has where nothing is said. */
export const toApplication = (
  body: CreateApplicationDto,
  id: string,
  relyingPartyId: string,
): Application => ({
  ...{ id, relyingPartyId, name: body.name, type: body.type, secretHashes: [], configured: false },
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
});

const newSecret = (): string => randomBytes(32).toString('base64url');
export const mayKeepSecrets = ({ type, jwks }: Pick<Application, 'type' | 'jwks'>): boolean =>
  (type === 'web' || type === 'machine') && !jwks;

/** Applications as the management API knows them. */
@Injectable()
export class ApplicationsService {
  constructor(
    private readonly applications: ApplicationsRepository,
    private readonly consents: ConsentsRepository,
    private readonly payloads: PayloadsRepository,
    private readonly audit: AuditService,
  ) {}

  /** @throws ExperienceException `guard.invalid_input`, naming each wrong member */
  async create(body: CreateApplicationDto, asking: Asking): Promise<CreatedApplicationDto> {
    const application = toApplication(body, uuidV7(), asking.rpId);
    checkApplication(application);
    const secret = mayKeepSecrets(application) ? newSecret() : undefined;
    await this.write('application.created', application.id, asking, async (transaction) => {
      await this.applications.insert(application, transaction);
      if (secret !== undefined)
        await this.applications.insertSecret(uuidV7(), application.id, base64UrlHashOf(secret), transaction);
    });
    return { ...ApplicationDto.of(application), ...(secret !== undefined && { secret }) };
  }

  async list(rpId: RpId, cursor?: string, limit?: string): Promise<ApplicationPageDto> {
    const paging = readPaging(cursor, limit);
    const rows = await this.applications.list(rpId, paging.limit + 1, paging.cursor ?? null);
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
      checkApplication(after);
      await this.applications.save(after, transaction);
      // Of the operator's own nobody was asked: neither what was noted of it nor what it was given is by consent.
      if (after.thirdParty && !before.thirdParty) {
        await this.consents.deleteOfApplication(id, transaction);
        await this.payloads.deleteOfApplication(id, transaction);
      }
      return ApplicationDto.of(after);
    });
  }

  /** Its tokens, and what users have allowed it, end with it. */
  async delete(id: string, asking: Asking): Promise<void> {
    await this.change('application.deleted', id, asking, async (_application, transaction) => {
      await this.applications.delete(id, transaction);
      await this.consents.deleteOfApplication(id, transaction);
      await this.payloads.deleteOfApplication(id, transaction);
    });
  }

  /** @throws ExperienceException `application.not_found`; `guard.invalid_input` where it can keep none */
  async createSecret(id: string, asking: Asking): Promise<CreatedSecretDto> {
    const created = { id: uuidV7(), secret: newSecret() };
    await this.change('application-secret.created', id, asking, (application, transaction) => {
      if (mayKeepSecrets(application)) {
        return this.applications.insertSecret(created.id, id, base64UrlHashOf(created.secret), transaction);
      }
      const data = { type: [`applications of type ${application.type}, or with keys, have no secret`] };
      throw new ExperienceException('guard.invalid_input', { data });
    });
    return created;
  }

  async listSecrets(id: string, rpId: RpId): Promise<ApplicationSecretDto[]> {
    await this.required(id, rpId);
    const rows = await this.applications.listSecrets(id);
    return rows.map(({ id, createdAt }) => ({ id, createdAt: createdAt.toISOString() }));
  }

  /** @throws ExperienceException `application.not_found`, of the secret too */
  async deleteSecret(id: string, secretId: string, asking: Asking): Promise<void> {
    await this.change('application-secret.deleted', id, asking, async (_application, transaction) => {
      if (!(await this.applications.deleteSecret(id, secretId, transaction))) {
        throw new ExperienceException('application.not_found');
      }
    });
  }

  private async required(id: string, rpId: RpId): Promise<Application> {
    const application = await this.applications.find(rpId, id);
    if (!application) throw new ExperienceException('application.not_found');
    return application;
  }

  /**
   * Acts on an application that is there and stays as it is meanwhile.
   * @throws ExperienceException `application.not_found`, `application.configured_by_file`
   */
  private change<T>(
    type: AuditEventType,
    id: string,
    asking: Asking,
    act: (application: Application, transaction: EntityManager) => Promise<T>,
  ): Promise<T> {
    return this.write(type, id, asking, async (transaction) => {
      const application = await this.applications.lock(asking.rpId, id, transaction);
      if (!application) throw new ExperienceException('application.not_found');
      if (application.configured) throw new ExperienceException('application.configured_by_file');
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
    const event = { type, rpId, userId: null, details: { application } };
    const { result } = await this.audit.transaction(caller, async (transaction) => ({
      result: await act(transaction),
      event,
    }));
    return result;
  }
}
