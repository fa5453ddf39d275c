import type { ModulePart } from '../module-part';
import { MyRecoveryCodesController } from './my-recovery-codes.controller';
import { RecoveryController } from './recovery.controller';
import { RecoveryCodesRepository } from './recovery-codes.repository';
import { RecoveryService } from './recovery.service';
import { SentCodesRepository } from './sent-codes.repository';

export const recoveryPart: ModulePart = {
  controllers: [RecoveryController, MyRecoveryCodesController],
  providers: [RecoveryService, RecoveryCodesRepository, SentCodesRepository],
};
