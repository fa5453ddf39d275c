import type { ModulePart } from '../module-part';
import { AccountService } from './account.service';
import { MyAccountController } from './my-account.controller';
import { MyAddressesController } from './my-addresses.controller';
import { MyEventsController } from './my-events.controller';

export const accountPart: ModulePart = {
  controllers: [MyAccountController, MyAddressesController, MyEventsController],
  providers: [AccountService],
};
