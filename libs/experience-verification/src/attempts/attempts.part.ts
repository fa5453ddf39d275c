import type { ModulePart } from '../module-part';
import { ManagementRefusals } from '../api/management-refusals';
import { AnswerTimes } from './answer-times';
import { Attempts } from './attempts.service';
import { RecordedManagementRefusals } from './recorded-management-refusals';

export const attemptsPart: ModulePart = {
  providers: [Attempts, AnswerTimes, { provide: ManagementRefusals, useClass: RecordedManagementRefusals }],
};
