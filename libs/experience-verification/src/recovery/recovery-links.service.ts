import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { Attempts } from '../attempts/attempts.service';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { UsersService } from '../management/users.service';
import type { Caller } from '../ports/http-exchange';
import { newVerificationId } from '../records/new-verification-id';
import { RecoveryRepository } from '../records/recovery.repository';
import { Accounts } from '../users/accounts.service';
import type { RelyingParty } from '../webauthn/relying-party';
import { hashOfSecret, secretBytes } from '../webauthn/secret-bytes';
import type { InteractionId, VerificationId } from '../webauthn/webauthn-types';
import type { RecoveryLinkDto } from './recovery.dto';
import { RecoveryLinksRepository } from './recovery-links.repository';

/** Seconds that a link is good for. */
const RECOVERY_LINK_TTL = 900;

/** Links by which management lets a user in who has no passkey, or has lost them all. */
@Injectable()
export class RecoveryLinks {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly users: UsersService,
    private readonly accounts: Accounts,
    private readonly links: RecoveryLinksRepository,
    private readonly recoveries: RecoveryRepository,
    private readonly attempts: Attempts,
    private readonly audit: AuditService,
  ) {}

  /**
   * A link for the user, told this once; an earlier one is void.
   * @throws ExperienceException `user.user_not_exist`, `user.suspended`
   */
  async create(id: string, relyingParty: RelyingParty, caller: Caller): Promise<RecoveryLinkDto> {
    const userId = await this.users.idOf(id, relyingParty);
    const { id: rpId } = relyingParty;
    const secret = secretBytes(32).toString('base64url');
    const { expiresAt } = await this.audit.transaction(caller, async (transaction) => {
      if (!(await this.accounts.lock(userId, transaction))) {
        throw new ExperienceException('user.user_not_exist');
      }
      const hash = hashOfSecret(secret);
      const expiresAt = await this.links.replace(userId, hash, rpId, RECOVERY_LINK_TTL, transaction);
      const event = { type: 'recovery-link.created', rpId, userId, details: {} } as const;
      return { expiresAt, event };
    });
    const { origins, basePath } = relyingParty;
    const url = `${origins[0]}${basePath}/#recovery-link=${secret}`;
    return { url, secret, expiresAt: expiresAt.toISOString() };
  }

  /**
   * Spends the secret of a link: exactly one call can.
   * @returns a verified record, for identification
   * @throws ExperienceException `recovery.link_not_found`; `user.suspended`, whereupon the link is still there
   */
  verify(
    { id: rpId }: RelyingParty,
    interactionId: InteractionId,
    secret: string,
    caller: Caller,
  ): Promise<VerificationId> {
    const attempt = this.attempts.begin({ rpId, caller, failure: 'recovery.failed' });
    return attempt.make(async () => {
      const hash = hashOfSecret(secret);
      const userId = await this.links.ownerOf(hash, rpId);
      if (userId === null) throw new ExperienceException('recovery.link_not_found');
      const record = { interactionId, id: newVerificationId(), rpId };
      attempt.uses({ id: record.id, userId });
      const event = attempt.event('recovery.succeeded');
      await this.dataSource.transaction(async (transaction) => {
        // The user first: whoever makes another link holds that row.
        const user = await this.accounts.lock(userId, transaction);
        const createdAt = await this.links.spend(hash, transaction);
        if (!user || createdAt === null || createdAt < user.proofsVoidBefore) {
          throw new ExperienceException('recovery.link_not_found');
        }
        const request = { byLink: true } as const;
        const { verifiedTtl } = this.options;
        await this.recoveries.insertVerified(record, userId, request, verifiedTtl, event, transaction);
      });
      this.audit.publish(event);
      return record.id;
    });
  }
}
