import type { ModulePart } from '../module-part';
import { UsersController } from './users.controller';
import { UsersService } from './users.service';

export const managementPart: ModulePart = {
  controllers: [UsersController],
  providers: [UsersService],
};
