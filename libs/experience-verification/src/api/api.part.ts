import type { ModulePart } from '../module-part';
import { Exchanges } from './exchanges.service';
import { MountedRoutes } from './mounted-routes';

export const apiPart: ModulePart = { providers: [Exchanges, MountedRoutes] };
