import type { ModulePart } from '../module-part';
import { IdentificationService } from './identification.service';
import { InteractionController } from './interaction.controller';
import { InteractionPasskeys } from './interaction-passkeys.service';
import { InteractionService } from './interaction.service';

export const interactionPart: ModulePart = {
  controllers: [InteractionController],
  providers: [InteractionService, IdentificationService, InteractionPasskeys],
};
