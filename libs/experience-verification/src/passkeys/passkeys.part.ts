import type { ModulePart } from '../module-part';
import { CredentialRecordRepository } from './credential-record.repository';
import { Decoys } from './decoys.service';
import { MyPasskeysController } from './my-passkeys.controller';
import { PasskeyProviders } from './passkey-providers';
import { PasskeyTransferController } from './passkey-transfer.controller';
import { PasskeyTransferService } from './passkey-transfer.service';
import { PasskeysService } from './passkeys.service';
import { UserPasskeysController } from './user-passkeys.controller';

export const passkeysPart: ModulePart = {
  controllers: [MyPasskeysController, UserPasskeysController, PasskeyTransferController],
  providers: [PasskeysService, Decoys, PasskeyTransferService, PasskeyProviders, CredentialRecordRepository],
};
