import type { ModulePart } from '../module-part';
import { IdentificationService } from './identification.service';
import { InteractionController } from './interaction.controller';
import { IdentificationValidity } from './identification-validity';
import { InteractionPasskeys } from './interaction-passkeys.service';
import { InteractionService } from './interaction.service';

export const interactionPart: ModulePart = {
  controllers: [InteractionController],
  providers: [InteractionService, IdentificationService, InteractionPasskeys, IdentificationValidity],
};
