import type { ModulePart } from '../module-part';
import { AddressProofs } from './address-proofs.service';
import { AccountClaims } from './account-claims.service';
import { MyRecoveryCodesController } from './my-recovery-codes.controller';
import { RecoveryController } from './recovery.controller';
import { RecoveryCodesRepository } from './recovery-codes.repository';
import { RecoveryService } from './recovery.service';
import { SentCodes } from './sent-codes.service';
import { SentCodesRepository } from './sent-codes.repository';

export const recoveryPart: ModulePart = {
  controllers: [RecoveryController, MyRecoveryCodesController],
  providers: [
    RecoveryService,
    AccountClaims,
    AddressProofs,
    RecoveryCodesRepository,
    SentCodes,
    SentCodesRepository,
  ],
};
