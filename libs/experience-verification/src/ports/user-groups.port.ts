import type { EntityManager } from 'typeorm';
import type { RpId, UserId } from '../webauthn/webauthn-types';

/** Groups of users, which an adapter keeps. */
export interface UserGroups {
  /** Which of these the relying party has. */
  known(ids: string[], rpId: RpId): Promise<string[]>;
  /** Puts a user into groups, in `transaction`; false, and nothing is done, when one of them is gone. Twice is as once. */
  join(ids: string[], userId: UserId, rpId: RpId, transaction: EntityManager): Promise<boolean>;
}

export const USER_GROUPS = Symbol('USER_GROUPS');
