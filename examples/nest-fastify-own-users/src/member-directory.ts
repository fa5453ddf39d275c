import { Injectable } from '@nestjs/common';
import { InjectEntityManager } from '@nestjs/typeorm';
import {
  ExperienceException,
  type Identifier,
  type NewUser,
  type UserDirectory,
  type UserId,
  type UserLookup,
  type UserProfile,
} from 'nestjs-passkey-sign-in';
import { EntityManager } from 'typeorm';
import { Member } from './member.js';

/** Tells the module of the host's members, who have an e-mail address and nothing else. */
@Injectable()
export class MemberDirectory implements UserDirectory {
  constructor(@InjectEntityManager() private readonly manager: EntityManager) {}

  async locate({ type, value }: Identifier): Promise<UserLookup | null> {
    const member = type === 'email' ? await this.manager.findOneBy(Member, { email: value }) : null;
    return member && { userId: member.id as UserId };
  }

  async profileOf(id: UserId, transaction = this.manager): Promise<UserProfile | null> {
    const member = await transaction.findOneBy(Member, { id });
    return member && { name: member.email, addresses: [{ type: 'email', value: member.email }] };
  }

  async isSuspended(id: UserId, transaction = this.manager): Promise<boolean> {
    return !(await transaction.existsBy(Member, { id, barred: false }));
  }

  async create({ identifier }: NewUser, transaction: EntityManager): Promise<UserId> {
    if (identifier.type !== 'email') throw new ExperienceException('user.username_not_allowed');
    if (await transaction.existsBy(Member, { email: identifier.value })) {
      throw new ExperienceException('user.email_already_in_use');
    }
    const { id } = await transaction.save(Member, { email: identifier.value });
    return id as UserId;
  }
}
