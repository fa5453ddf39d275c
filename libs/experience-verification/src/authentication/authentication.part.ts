import type { ModulePart } from '../module-part';
import { AuthenticationController } from './authentication.controller';
import { AuthenticationOptionsService } from './authentication-options.service';
import { AuthenticationService } from './authentication.service';
import { StepUpController } from './step-up.controller';

export const authenticationPart: ModulePart = {
  controllers: [AuthenticationController, StepUpController],
  providers: [AuthenticationOptionsService, AuthenticationService],
};
