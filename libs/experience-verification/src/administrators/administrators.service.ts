import { createHash } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Administrators } from '../api/administrators';
import type { AuditEvent } from '../audit/audit-event';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { UserDto } from '../management/user.dto';
import { UsersService } from '../management/users.service';
import type { Exchange } from '../ports/exchange';
import type { Caller } from '../ports/http-exchange';
import { isProvenByPasskey } from '../session/session.guard';
import { Sessions } from '../session/sessions.service';
import { Accounts } from '../users/accounts.service';
import { UsersRepository } from '../users/users.repository';
import type { RelyingParty } from '../webauthn/relying-party';
import { secretBytes } from '../webauthn/secret-bytes';
import type { UserId } from '../webauthn/webauthn-types';
import type { AdministratorLinkDto } from './administrator.dto';
import { AdministratorLinks } from './administrator-links.repository';

/** Seconds that a link is good for. */
const LINK_TTL = 3_600;

const hashOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** Whose change, and from where. */
interface Asking {
  relyingParty: RelyingParty;
  caller: Caller;
}

/** Who is an administrator, which each call asks anew: it ends with the role, the session, and a suspension. */
@Injectable()
export class AdministratorsService implements Administrators {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly sessions: Sessions,
    private readonly accounts: Accounts,
    private readonly users: UsersRepository,
    private readonly management: UsersService,
    private readonly links: AdministratorLinks,
    private readonly audit: AuditService,
  ) {}

  async admit(exchange: Exchange, changes: boolean): Promise<UserId> {
    const session = await this.sessions.current(exchange);
    if (!session) throw new ExperienceException('auth.unauthorized');
    const user = await this.users.find(session.userId);
    if (!user?.administrator) {
      throw new ExperienceException('auth.forbidden', { reason: `${session.userId} is no administrator` });
    }
    if (!isProvenByPasskey(session)) throw new ExperienceException('session.passkey_required');
    if (changes && session.age > this.options.recentSignIn) {
      throw new ExperienceException('session.verification_required');
    }
    return session.userId;
  }

  async list({ tenant }: RelyingParty): Promise<UserDto[]> {
    return (await this.users.administrators(tenant)).map((user) => UserDto.of(user));
  }

  /** @throws ExperienceException `user.user_not_exist` */
  async set(id: string, administrator: boolean, asking: Asking): Promise<void> {
    const userId = (await this.management.get(id, asking.relyingParty)).id as UserId;
    const event = await this.dataSource.transaction(async (transaction) => {
      await this.accounts.lockAny(userId, transaction);
      return this.change(userId, administrator, asking, transaction);
    });
    if (event) this.audit.publish(event);
  }

  /** A link by which whoever opens it, and signs in, becomes an administrator; an earlier one is void. */
  async createLink({ relyingParty, caller }: Asking): Promise<AdministratorLinkDto> {
    const { id: rpId, origins, basePath } = relyingParty;
    const secret = secretBytes(32).toString('base64url');
    const created = await this.dataSource.transaction(async (transaction) => {
      const expiresAt = await this.links.replace(rpId, hashOf(secret), LINK_TTL, transaction);
      const event = { type: 'administrator-link.created', rpId, userId: null, details: {} } as const;
      return { expiresAt, event: await this.audit.write(event, caller, transaction) };
    });
    this.audit.publish(created.event);
    const url = `${origins[0]}${basePath}/admin#administrator-link=${secret}`;
    return { url, expiresAt: created.expiresAt.toISOString() };
  }

  /** @throws ExperienceException `administrator.link_not_found`, `auth.unauthorized` */
  async claim(userId: UserId, secret: string, asking: Asking): Promise<void> {
    const event = await this.dataSource.transaction(async (transaction) => {
      await this.accounts.lockSignedIn(userId, transaction);
      if (!(await this.links.spend(asking.relyingParty.id, hashOf(secret), transaction))) {
        throw new ExperienceException('administrator.link_not_found');
      }
      return this.change(userId, true, asking, transaction);
    });
    if (event) this.audit.publish(event);
  }

  private async change(
    userId: UserId,
    administrator: boolean,
    { relyingParty: { id: rpId }, caller }: Asking,
    transaction: EntityManager,
  ): Promise<AuditEvent | null> {
    if (!(await this.users.setAdministrator(userId, administrator, transaction))) return null;
    const type = administrator ? 'administrator.added' : 'administrator.removed';
    return this.audit.write({ type, rpId, userId, details: {} }, caller, transaction);
  }
}
