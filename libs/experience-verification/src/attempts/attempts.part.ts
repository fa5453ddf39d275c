import type { ModulePart } from '../module-part';
import { Attempts } from './attempts.service';

export const attemptsPart: ModulePart = { providers: [Attempts] };
