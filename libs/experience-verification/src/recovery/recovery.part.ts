import type { ModulePart } from '../module-part';
import { AccountClaims } from './account-claims.service';
import { MyRecoveryCodesController } from './my-recovery-codes.controller';
import { RecoveryController } from './recovery.controller';
import { RecoveryCodesRepository } from './recovery-codes.repository';
import { RecoveryService } from './recovery.service';
import { SentCodesRepository } from './sent-codes.repository';

export const recoveryPart: ModulePart = {
  controllers: [RecoveryController, MyRecoveryCodesController],
  providers: [RecoveryService, AccountClaims, RecoveryCodesRepository, SentCodesRepository],
};
