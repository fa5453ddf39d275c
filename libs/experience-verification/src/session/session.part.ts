import type { ModulePart } from '../module-part';
import { MyAccountController } from './my-account.controller';
import { Sessions } from './sessions.service';
import { SessionController } from './session.controller';

export const sessionPart: ModulePart = {
  controllers: [MyAccountController, SessionController],
  providers: [Sessions],
};
