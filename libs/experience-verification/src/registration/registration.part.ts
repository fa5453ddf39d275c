import type { ModulePart } from '../module-part';
import { RegistrationController } from './registration.controller';
import { RegistrationOptionsService } from './registration-options.service';
import { TakenNames } from './taken-names.service';
import { RegistrationService } from './registration.service';

export const registrationPart: ModulePart = {
  controllers: [RegistrationController],
  providers: [TakenNames, RegistrationOptionsService, RegistrationService],
};
