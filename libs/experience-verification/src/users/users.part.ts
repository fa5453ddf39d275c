import type { ModulePart } from '../module-part';
import { Accounts } from './accounts.service';
import { SessionOwners } from './session-owners.service';
import { TenantSettlement } from './tenant-settlement.service';
import { TableUserDirectory } from './table-user-directory';
import { UsersRepository } from './users.repository';

export const usersPart: ModulePart = {
  providers: [UsersRepository, TableUserDirectory, Accounts, SessionOwners, TenantSettlement],
};
