import type { ModulePart } from '../module-part';
import { ManagementRefusals } from '../api/management-refusals';
import { Attempts } from './attempts.service';
import { RecordedManagementRefusals } from './recorded-management-refusals';

export const attemptsPart: ModulePart = {
  providers: [Attempts, { provide: ManagementRefusals, useClass: RecordedManagementRefusals }],
};
