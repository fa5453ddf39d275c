import { Administrators } from '../api/administrators';
import type { ModulePart } from '../module-part';
import { AdministratorLinks } from './administrator-links.repository';
import { AdministratorsController } from './administrators.controller';
import { FirstAdministrator } from './first-administrator';
import { AdministratorsService } from './administrators.service';

export const administratorsPart: ModulePart = {
  controllers: [AdministratorsController],
  providers: [
    AdministratorLinks,
    AdministratorsService,
    FirstAdministrator,
    { provide: Administrators, useExisting: AdministratorsService },
  ],
};
