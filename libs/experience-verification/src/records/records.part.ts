import type { ModulePart } from '../module-part';
import { AuthenticationRepository } from './authentication.repository';
import { RecoveryRepository } from './recovery.repository';
import { RegistrationRepository } from './registration.repository';
import { VerificationRecordRepository } from './verification-record.repository';
import { VerificationRecordService } from './verification-record.service';

export const recordsPart: ModulePart = {
  providers: [
    VerificationRecordService,
    VerificationRecordRepository,
    AuthenticationRepository,
    RegistrationRepository,
    RecoveryRepository,
  ],
};
