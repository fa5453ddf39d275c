import type { ModulePart } from '../module-part';
import { Accounts } from './accounts.service';
import { TableUserDirectory } from './table-user-directory';
import { UsersController } from './users.controller';
import { UsersRepository } from './users.repository';
import { UsersService } from './users.service';

export const usersPart: ModulePart = {
  controllers: [UsersController],
  providers: [UsersService, UsersRepository, TableUserDirectory, Accounts],
};
