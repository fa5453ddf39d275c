import type { ModulePart } from '../module-part';
import { Sessions } from './sessions.service';
import { SessionController } from './session.controller';

export const sessionPart: ModulePart = { controllers: [SessionController], providers: [Sessions] };
