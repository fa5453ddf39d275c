import { Injectable } from '@nestjs/common';
import { AuditService, ExperienceException, type UserId } from 'nestjs-passkey-sign-in';
import type { EntityManager } from 'typeorm';
import type { Asking } from '../applications/applications.service';
import { GroupsRepository } from '../groups/groups.repository';
import { whyNoCustomClaims } from './custom-claims';
import type { CustomClaimsDto } from './custom-claims.dto';
import { CustomClaimsRepository } from './custom-claims.repository';

type AskingOf = Asking & { tenant: string };

const CHANGED = { changed: ['claims'] };

/** Claims of users and groups that management decides; each change has its audit event. */
@Injectable()
export class CustomClaimsService {
  constructor(
    private readonly users: CustomClaimsRepository,
    private readonly groups: GroupsRepository,
    private readonly audit: AuditService,
  ) {}

  /** @throws ExperienceException `user.user_not_exist` */
  async ofUser(id: string, tenant: string): Promise<CustomClaimsDto> {
    const claims = await this.users.find(id, tenant);
    if (!claims) throw new ExperienceException('user.user_not_exist');
    return { claims };
  }

  /** @throws ExperienceException `group.not_found` */
  async ofGroup(id: string, rpId: string): Promise<CustomClaimsDto> {
    const claims = await this.groups.claimsOf(id, rpId);
    if (!claims) throw new ExperienceException('group.not_found');
    return { claims };
  }

  /** @throws ExperienceException `guard.invalid_input`, `user.user_not_exist` */
  async setOfUser(id: string, { claims }: CustomClaimsDto, asking: AskingOf): Promise<CustomClaimsDto> {
    check(claims);
    await this.change(
      { type: 'user.changed', userId: id as UserId, details: CHANGED },
      asking,
      async (transaction) => {
        if (!(await this.users.save(id, asking.tenant, claims, transaction))) {
          throw new ExperienceException('user.user_not_exist');
        }
      },
    );
    return { claims };
  }

  /** @throws ExperienceException `guard.invalid_input`, `group.not_found` */
  async setOfGroup(id: string, { claims }: CustomClaimsDto, asking: Asking): Promise<CustomClaimsDto> {
    check(claims);
    await this.change(
      { type: 'group.changed', userId: null, details: { group: id, ...CHANGED } },
      asking,
      async (transaction) => {
        if (!(await this.groups.setClaims(id, asking.rpId, claims, transaction))) {
          throw new ExperienceException('group.not_found');
        }
      },
    );
    return { claims };
  }

  /** In one transaction with the event that tells of it. */
  private async change(
    about: Omit<Parameters<AuditService['write']>[0], 'rpId'>,
    { rpId, caller }: Asking,
    act: (transaction: EntityManager) => Promise<void>,
  ): Promise<void> {
    await this.audit.transaction(caller, async (transaction) => {
      await act(transaction);
      return { event: { ...about, rpId } };
    });
  }
}

function check(claims: Record<string, unknown>): void {
  const why = whyNoCustomClaims(claims);
  if (why !== null) throw new ExperienceException('guard.invalid_input', { data: { claims: [why] } });
}
