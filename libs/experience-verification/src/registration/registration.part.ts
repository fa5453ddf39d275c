import type { ModulePart } from '../module-part';
import { RegistrationController } from './registration.controller';
import { RegistrationOptionsService } from './registration-options.service';
import { RegistrationService } from './registration.service';

export const registrationPart: ModulePart = {
  controllers: [RegistrationController],
  providers: [RegistrationOptionsService, RegistrationService],
};
