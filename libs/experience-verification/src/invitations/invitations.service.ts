import { Inject, Injectable } from '@nestjs/common';
import { v7 as uuidV7 } from 'uuid';
import { nextCursorOf, readPaging } from '../api/paging';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { toIdentifier } from '../identifiers/identifier.dto';
import { Messages } from '../messages/messages.service';
import type { Caller } from '../ports/http-exchange';
import { USER_GROUPS, type UserGroups } from '../ports/user-groups.port';
import type { RelyingParty } from '../webauthn/relying-party';
import { hashOfSecret, secretBytes } from '../webauthn/secret-bytes';
import { isUuid, type RpId, type UserId } from '../webauthn/webauthn-types';
import {
  type CreatedInvitationDto,
  type CreateInvitationDto,
  INVITATION_TTL,
  type InvitationDto,
  type InvitationPageDto,
} from './invitation.dto';
import { InvitationsRepository, type ListedInvitation } from './invitations.repository';
import { signUpOf } from './sign-ups.service';

/** Links by which people create accounts: made, seen and revoked by management. */
@Injectable()
export class InvitationsService {
  constructor(
    @Inject(USER_GROUPS) private readonly userGroups: UserGroups | null,
    private readonly invitations: InvitationsRepository,
    private readonly audit: AuditService,
    private readonly messages: Messages,
  ) {}

  /**
   * @throws ExperienceException `sign_up.closed`, `guard.invalid_input`, also for a group that is not there;
   *   `recovery.channel_not_available` where no mail can be sent
   */
  async create(
    body: CreateInvitationDto,
    relyingParty: RelyingParty,
    caller: Caller,
  ): Promise<CreatedInvitationDto> {
    const { id: rpId, origins, basePath } = relyingParty;
    if (signUpOf(relyingParty) === 'closed') throw new ExperienceException('sign_up.closed');
    const to = body.email == null ? null : toIdentifier({ type: 'email', value: body.email }, {}, 'email');
    const maxUses = body.maxUses ?? 1;
    if (to && maxUses > 1) throw wrong('maxUses', 'must be 1 of an invitation that is sent');
    if (to && !this.messages.reaches(to)) {
      throw new ExperienceException('recovery.channel_not_available');
    }
    const groups = [...new Set(body.groups ?? [])];
    if ((await this.knownGroups(groups, rpId)).size < groups.length) throw wrong('groups', 'must be there');
    const secret = secretBytes(32).toString('base64url');
    const invitation = {
      id: uuidV7(),
      rpId,
      secretHash: hashOfSecret(secret),
      email: to?.value ?? null,
      groups,
      maxUses,
      inviterId: (caller.administrator ?? null) as UserId | null,
    };
    const link = new URLSearchParams({ invitation: secret, ...(to && { email: to.value }) });
    const url = `${origins[0]}${basePath}/#${link}`;
    const { dto, sent } = await this.audit.transaction(caller, async (transaction) => {
      const ttl = body.expiresIn ?? INVITATION_TTL;
      const times = await this.invitations.insert(invitation, ttl, transaction);
      const dto = toDto({ ...invitation, ...times, uses: 0, state: 'open' }, new Set(groups));
      const message = to && ({ kind: 'invitation', to, rpId, url, expiresAt: dto.expiresAt } as const);
      const written = message && { message, userId: null, lasts: ttl };
      const sent = written && (await this.messages.write(written, transaction));
      return { dto, sent, event: eventOf('invitation.created', invitation.id, rpId) };
    });
    if (sent) this.messages.publish(sent);
    return { ...dto, url };
  }

  /** @throws ExperienceException `guard.invalid_input` for a cursor or limit that can't be one */
  async list({ id: rpId }: RelyingParty, cursor?: string, limit?: string): Promise<InvitationPageDto> {
    const paging = readPaging(cursor, limit);
    const rows = await this.invitations.list(rpId, paging.limit + 1, paging.cursor);
    const known = await this.knownGroups([...new Set(rows.flatMap(({ groups }) => groups))], rpId);
    return {
      invitations: rows.slice(0, paging.limit).map((row) => toDto(row, known)),
      nextCursor: nextCursorOf(rows, paging.limit),
    };
  }

  /** From then on it lets nobody in. @throws ExperienceException `invitation.not_found` */
  async revoke(id: string, { id: rpId }: RelyingParty, caller: Caller): Promise<void> {
    await this.audit.transaction(caller, async (transaction) => {
      if (!isUuid(id) || !(await this.invitations.delete(rpId, id, transaction))) {
        throw new ExperienceException('invitation.not_found');
      }
      return { event: eventOf('invitation.revoked', id, rpId) };
    });
  }

  private async knownGroups(ids: string[], rpId: RpId): Promise<Set<string>> {
    return new Set(ids.length > 0 ? await this.userGroups?.known(ids, rpId) : []);
  }
}

const wrong = (member: string, why: string) =>
  new ExperienceException('guard.invalid_input', { data: { [member]: [why] } });

const eventOf = (type: 'invitation.created' | 'invitation.revoked', invitation: string, rpId: RpId) => ({
  type,
  rpId,
  userId: null,
  details: { invitation },
});

const toDto = (row: ListedInvitation, knownGroups: Set<string>): InvitationDto => ({
  id: row.id,
  state: row.state === 'open' && !row.groups.every((id) => knownGroups.has(id)) ? 'groups-gone' : row.state,
  email: row.email,
  groups: row.groups,
  uses: row.uses,
  maxUses: row.maxUses,
  inviterId: row.inviterId,
  createdAt: row.createdAt.toISOString(),
  expiresAt: row.expiresAt.toISOString(),
});
