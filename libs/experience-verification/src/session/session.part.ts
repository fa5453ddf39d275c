import type { ModulePart } from '../module-part';
import { SessionController } from './session.controller';

export const sessionPart: ModulePart = { controllers: [SessionController], providers: [] };
