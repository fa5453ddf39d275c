import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { AdministratorsService } from '../administrators/administrators.service';
import type { AuditEvent } from '../audit/audit-event';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import type { Caller } from '../ports/http-exchange';
import { USER_GROUPS, type UserGroups } from '../ports/user-groups.port';
import type { RelyingParty, SignUp } from '../webauthn/relying-party';
import { hashOfSecret } from '../webauthn/secret-bytes';
import type { UserId } from '../webauthn/webauthn-types';
import { InvitationsRepository } from './invitations.repository';

export const signUpOf = ({ signUp = 'open' }: RelyingParty): SignUp => signUp;

/** Whose sign-up is completed, and from where. */
interface Newcomer {
  userId: UserId;
  relyingParty: RelyingParty;
  caller: Caller;
}

/** What a sign-up by an invitation brings. */
interface SignedUp {
  /** Id of the invitation. */
  invitation?: string;
  events: AuditEvent[];
}

/**
 * Who may create an account, by themselves or by an invitation. The link by which somebody becomes an administrator is one,
 * too: where sign-up is closed nobody else could ever be the first.
 */
@Injectable()
export class SignUps {
  constructor(
    @Inject(USER_GROUPS) private readonly userGroups: UserGroups | null,
    private readonly invitations: InvitationsRepository,
    private readonly administrators: AdministratorsService,
    private readonly audit: AuditService,
  ) {}

  /**
   * Before a passkey is made.
   * @param secret of an invitation
   * @returns what `complete` takes
   * @throws ExperienceException `sign_up.closed`, `sign_up.invitation_required`, `invitation.not_found`
   */
  async admit(relyingParty: RelyingParty, secret: string | undefined): Promise<string | undefined> {
    if (secret === undefined) {
      requireOpen(relyingParty);
      return undefined;
    }
    const hash = hashOfSecret(secret);
    const { id: rpId } = relyingParty;
    const found = signUpOf(relyingParty) === 'closed' ? null : await this.invitations.find(rpId, hash);
    const isGood = found
      ? found.groups.length === 0 ||
        (await this.userGroups?.known(found.groups, rpId))?.length === found.groups.length
      : await this.administrators.hasLink(rpId, hash);
    if (!isGood) throw notFound(relyingParty);
    return hash.toString('base64url');
  }

  /**
   * Once the user is created, in that transaction: the same is asked again, for what was open may not be any more. The
   * invitation is used, and the user joins its groups.
   * @param invitation what `admit` has returned
   * @throws ExperienceException as `admit`
   */
  async complete(
    { userId, relyingParty, caller }: Newcomer,
    invitation: string | undefined,
    transaction: EntityManager,
  ): Promise<SignedUp> {
    if (invitation === undefined) {
      requireOpen(relyingParty);
      return { events: [] };
    }
    const hash = Buffer.from(invitation, 'base64url');
    const { id: rpId } = relyingParty;
    const spent =
      signUpOf(relyingParty) === 'closed' ? null : await this.invitations.spend(rpId, hash, transaction);
    if (!spent) {
      const added = await this.administrators.spendLink(userId, hash, { relyingParty, caller }, transaction);
      if (!added) throw notFound(relyingParty);
      return { events: [await this.audit.write(added, caller, transaction)] };
    }
    const { id, groups } = spent;
    if (groups.length === 0) return { invitation: id, events: [] };
    if (!(await this.userGroups?.join(groups, userId, rpId, transaction))) throw notFound(relyingParty);
    const events: AuditEvent[] = [];
    for (const group of groups) {
      const joined = {
        type: 'group.members-changed',
        rpId,
        userId,
        details: { group, invitation: id },
      } as const;
      events.push(await this.audit.write(joined, caller, transaction));
    }
    return { invitation: id, events };
  }
}

/** @throws ExperienceException `sign_up.closed`, `sign_up.invitation_required` */
function requireOpen(relyingParty: RelyingParty): void {
  const signUp = signUpOf(relyingParty);
  if (signUp === 'closed') throw new ExperienceException('sign_up.closed');
  if (signUp === 'invitation') throw new ExperienceException('sign_up.invitation_required');
}

const notFound = (relyingParty: RelyingParty) =>
  new ExperienceException(signUpOf(relyingParty) === 'closed' ? 'sign_up.closed' : 'invitation.not_found');
