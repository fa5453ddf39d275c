import type { ModulePart } from '../module-part';
import { VerificationRecordRepository } from './verification-record.repository';
import { VerificationRecordService } from './verification-record.service';

export const recordsPart: ModulePart = {
  providers: [VerificationRecordService, VerificationRecordRepository],
};
