import type { ModulePart } from '../module-part';
import { InvitationsController } from './invitations.controller';
import { InvitationsRepository } from './invitations.repository';
import { InvitationsService } from './invitations.service';
import { SignUps } from './sign-ups.service';

export const invitationsPart: ModulePart = {
  controllers: [InvitationsController],
  providers: [InvitationsRepository, InvitationsService, SignUps],
};
