import type { ModulePart } from '../module-part';
import { MySessionsController } from './my-sessions.controller';
import { SessionController } from './session.controller';
import { Sessions } from './sessions.service';
import { UserSessionsController } from './user-sessions.controller';

export const sessionPart: ModulePart = {
  controllers: [SessionController, MySessionsController, UserSessionsController],
  providers: [Sessions],
};
