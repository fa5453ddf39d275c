import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { Administrators } from '../api/administrators';
import type { NewAuditEvent } from '../audit/audit-event';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { UserDto } from '../management/user.dto';
import { UsersService } from '../management/users.service';
import type { Exchange } from '../ports/exchange';
import type { Caller } from '../ports/http-exchange';
import type { CurrentSession } from '../ports/session.port';
import { isProvenByPasskey } from '../session/session.guard';
import { Sessions } from '../session/sessions.service';
import { Accounts } from '../users/accounts.service';
import { SessionOwners } from '../users/session-owners.service';
import { UsersRepository } from '../users/users.repository';
import type { RelyingParty } from '../webauthn/relying-party';
import { hashOfSecret, secretBytes } from '../webauthn/secret-bytes';
import type { RpId, UserId } from '../webauthn/webauthn-types';
import type { AdministratorLinkDto } from './administrator.dto';
import { AdministratorLinks } from './administrator-links.repository';

/** Seconds that a link is good for. */
const LINK_TTL = 3_600;

/** Whose change, and from where. */
interface Asking {
  relyingParty: RelyingParty;
  caller: Caller;
}

/** Who is an administrator, which each call asks anew: it ends with the role, the session, and a suspension. */
@Injectable()
export class AdministratorsService implements Administrators {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly sessions: Sessions,
    private readonly accounts: Accounts,
    private readonly owners: SessionOwners,
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
    await this.audit.transaction(asking.caller, async (transaction) => {
      await this.accounts.lockAny(userId, transaction);
      return { event: await this.change(userId, administrator, asking, transaction) };
    });
  }

  /** A link by which whoever opens it, and signs in, becomes an administrator; an earlier one is void. */
  async createLink({ relyingParty, caller }: Asking): Promise<AdministratorLinkDto> {
    const secret = newSecret();
    const { expiresAt } = await this.audit.transaction(caller, async (transaction) => ({
      expiresAt: await this.links.replace(relyingParty.id, hashOfSecret(secret), LINK_TTL, transaction),
      event: linkCreatedFor(relyingParty),
    }));
    return toLink(relyingParty, secret, expiresAt);
  }

  /** The same while nobody has an account and no earlier link is good, or else null. */
  async createFirstLink({ relyingParty, caller }: Asking): Promise<AdministratorLinkDto | null> {
    const secret = newSecret();
    const { expiresAt } = await this.audit.transaction(caller, async (transaction) => {
      if (await this.users.hasAny(transaction)) return { expiresAt: null, event: null };
      const hash = hashOfSecret(secret);
      const expiresAt = await this.links.insert(relyingParty.id, hash, LINK_TTL, transaction);
      return { expiresAt, event: expiresAt && linkCreatedFor(relyingParty) };
    });
    return expiresAt && toLink(relyingParty, secret, expiresAt);
  }

  /** @throws ExperienceException `administrator.link_not_found`, `auth.unauthorized` */
  async claim(session: CurrentSession, secret: string, asking: Asking): Promise<void> {
    await this.audit.transaction(asking.caller, async (transaction) => {
      await this.owners.lock(session, transaction);
      if (!(await this.links.spend(asking.relyingParty.id, hashOfSecret(secret), transaction))) {
        throw new ExperienceException('administrator.link_not_found');
      }
      return { event: await this.change(session.userId, true, asking, transaction) };
    });
  }

  /** Whether there is a link of that secret. */
  hasLink(rpId: RpId, secretHash: Buffer): Promise<boolean> {
    return this.links.has(rpId, secretHash);
  }

  /** Spends a link for a user whom `transaction` has created. @returns what tells of it; null: there is no such link */
  async spendLink(
    userId: UserId,
    secretHash: Buffer,
    asking: Asking,
    transaction: EntityManager,
  ): Promise<NewAuditEvent | null> {
    if (!(await this.links.spend(asking.relyingParty.id, secretHash, transaction))) return null;
    return this.change(userId, true, asking, transaction);
  }

  private async change(
    userId: UserId,
    administrator: boolean,
    { relyingParty: { id: rpId } }: Asking,
    transaction: EntityManager,
  ): Promise<NewAuditEvent | null> {
    if (!(await this.users.setAdministrator(userId, administrator, transaction))) return null;
    const type = administrator ? 'administrator.added' : 'administrator.removed';
    return { type, rpId, userId, details: {} };
  }
}

const newSecret = (): string => secretBytes(32).toString('base64url');

const linkCreatedFor = ({ id: rpId }: RelyingParty): NewAuditEvent => ({
  type: 'administrator-link.created',
  rpId,
  userId: null,
  details: {},
});

const toLink = (
  { origins, basePath }: RelyingParty,
  secret: string,
  expiresAt: Date,
): AdministratorLinkDto => ({
  url: `${origins[0]}${basePath}/admin#administrator-link=${secret}`,
  expiresAt: expiresAt.toISOString(),
});
