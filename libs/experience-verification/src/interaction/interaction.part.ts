import type { ModulePart } from '../module-part';
import { IdentificationService } from './identification.service';
import { InteractionController } from './interaction.controller';

export const interactionPart: ModulePart = {
  controllers: [InteractionController],
  providers: [IdentificationService],
};
