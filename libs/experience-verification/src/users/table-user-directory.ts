import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import type { NewUser, UserDirectory, UserLookup, UserProfile } from '../ports/user-directory.port';
import type { RelyingParty } from '../webauthn/relying-party';
import type { UserId } from '../webauthn/webauthn-types';
import { addressesOf, nameOf, type TypedIdentifier } from '../identifiers/identifier';
import { type UserAccount, UsersRepository } from './users.repository';

/** The default directory: the module's own tables. */
@Injectable()
export class TableUserDirectory implements UserDirectory {
  constructor(private readonly users: UsersRepository) {}

  locate(identifier: TypedIdentifier, { tenant }: RelyingParty): UserLookup {
    return { identifier, tenant };
  }

  async profileOf(userId: UserId, transaction?: EntityManager): Promise<UserProfile | null> {
    const user = await this.users.find(userId, transaction);
    return user && profileOf(user);
  }

  async create(
    { identifier, userHandle, relyingParty }: NewUser,
    transaction: EntityManager,
  ): Promise<UserId> {
    const identifiers = { [identifier.type]: identifier.value };
    const { id } = await this.users.insert(relyingParty.tenant, identifiers, transaction, { userHandle });
    return id;
  }
}

export function profileOf({ identifiers, verified }: UserAccount): UserProfile {
  const addresses = addressesOf(identifiers);
  const unproven = addresses.filter(({ type }) => !verified.includes(type));
  return { name: nameOf(identifiers), addresses, unproven };
}
