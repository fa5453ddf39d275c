import type { ModulePart } from '../module-part';
import { AddressProofs } from './address-proofs.service';
import { AccountClaims } from './account-claims.service';
import { MyRecoveryCodesController } from './my-recovery-codes.controller';
import { RecoveryController } from './recovery.controller';
import { RecoveryCodesRepository } from './recovery-codes.repository';
import { RecoveryLinks } from './recovery-links.service';
import { RecoveryLinksRepository } from './recovery-links.repository';
import { RecoveryService } from './recovery.service';
import { SentCodes } from './sent-codes.service';
import { SentCodesRepository } from './sent-codes.repository';
import { UserRecoveryLinkController } from './user-recovery-link.controller';

export const recoveryPart: ModulePart = {
  controllers: [RecoveryController, MyRecoveryCodesController, UserRecoveryLinkController],
  providers: [
    RecoveryService,
    AccountClaims,
    AddressProofs,
    RecoveryCodesRepository,
    RecoveryLinks,
    RecoveryLinksRepository,
    SentCodes,
    SentCodesRepository,
  ],
};
