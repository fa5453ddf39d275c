import type { ModulePart } from '../module-part';
import { SettingsController } from './settings.controller';
import { UsersController } from './users.controller';
import { UsersService } from './users.service';

export const managementPart: ModulePart = {
  controllers: [SettingsController, UsersController],
  providers: [UsersService],
};
