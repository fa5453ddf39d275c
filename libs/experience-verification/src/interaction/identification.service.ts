import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { ExperienceException } from '../errors/experience.exception';
import { PasskeysService } from '../passkeys/passkeys.service';
import type { AuthenticationMethod } from '../session/session.port';
import { USER_DIRECTORY, type UserDirectory } from '../users/user-directory.port';
import type { TakenRecord } from '../verification-record/verification-record.repository';
import { VerificationRecordService } from '../verification-record/verification-record.service';
import type { InteractionId } from '../webauthn-types';
import type { InteractionEvent } from './interaction.entity';
import { type Identification, INTERACTION_PROVIDER, type InteractionProvider } from './interaction.port';

/** Turns a verified record into an identified user: found for SignIn, created with the passkey for Register. */
@Injectable()
export class IdentificationService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    @Inject(USER_DIRECTORY) private readonly users: UserDirectory,
    private readonly records: VerificationRecordService,
    private readonly passkeys: PasskeysService,
  ) {}

  /**
   * Uses the record, in one transaction: when it fails, nothing has happened.
   * @returns the event that the interaction is for
   * @throws ExperienceException `session.verification_session_not_found`, `session.verification_failed`,
   *   `session.invalid_interaction_type`, `session.identity_conflict`, `user.suspended`,
   *   `user.*_already_in_use`, `session.mfa.webauthn_credential_already_in_use`
   */
  async identify(interactionId: InteractionId | null, verificationId: string): Promise<InteractionEvent> {
    if (!interactionId) throw new ExperienceException('session.verification_session_not_found');
    const event = await this.interactions.eventOf(interactionId);
    await this.dataSource.transaction(async (transaction) => {
      const record = await this.records.take(interactionId, verificationId, transaction);
      const identification = event === 'Register' ? await this.register(record, transaction) : signIn(record);
      await this.interactions.identify(interactionId, identification, transaction);
    });
    return event;
  }

  /** Creates the user and the passkey. */
  private async register(record: TakenRecord, transaction: EntityManager): Promise<Identification> {
    const { newCredential, userHandle, request } = record;
    const identifier = 'identifier' in request ? request.identifier : undefined;
    if (!newCredential || !userHandle || !identifier) {
      throw new ExperienceException('session.invalid_interaction_type');
    }
    const userId = await this.users.create({ identifier, userHandle }, transaction);
    await this.passkeys.bind(userId, newCredential, null, transaction);
    return { userId, amr: methodsOf(newCredential.backupEligible) };
  }
}

function signIn({ ceremony, userId, suspended, backupEligible }: TakenRecord): Identification {
  if (ceremony !== 'authentication') throw new ExperienceException('session.invalid_interaction_type');
  if (suspended) throw new ExperienceException('user.suspended');
  if (!userId || suspended === null || backupEligible === null) {
    throw new ExperienceException('session.verification_session_not_found', {
      reason: 'the user or the passkey was deleted after the verification',
    });
  }
  return { userId, amr: methodsOf(backupEligible) };
}

/** RFC 8176: proof of possession of a key bound to hardware, or of one that syncs, by a present user. */
const methodsOf = (backupEligible: boolean): AuthenticationMethod[] => [
  backupEligible ? 'swk' : 'hwk',
  'pop',
  'user',
];
