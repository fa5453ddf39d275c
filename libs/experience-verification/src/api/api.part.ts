import type { ModulePart } from '../module-part';
import { Exchanges } from './exchanges.service';

export const apiPart: ModulePart = { providers: [Exchanges] };
