import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { ExperienceException } from '../errors/experience.exception';
import type { NewCredential } from '../registration/new-credential';
import { VerificationRecordService } from '../verification-record/verification-record.service';
import { type InteractionId, isUuid, type RpId, toBase64Url, type UserId } from '../webauthn-types';
import type { CredentialRecord } from './credential-record.entity';
import { CredentialRecordRepository, type PasskeyOwner } from './credential-record.repository';
import { type AddPasskeyDto, PasskeyDto } from './passkey.dto';
import type { SignalsDto } from './signals.dto';

const notFound = () => new ExperienceException('passkey.not_found');

/** The passkeys of a user at one relying party. */
@Injectable()
export class PasskeysService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly credentials: CredentialRecordRepository,
    private readonly records: VerificationRecordService,
  ) {}

  async list(userId: UserId, rpId: RpId): Promise<PasskeyDto[]> {
    return (await this.credentials.list(userId, rpId)).map((record) => PasskeyDto.of(record));
  }

  /** @throws ExperienceException `auth.unauthorized` when the user is gone */
  async owner(userId: UserId, rpId: RpId): Promise<PasskeyOwner> {
    const owner = await this.credentials.findOwner(userId, rpId);
    if (!owner) throw new ExperienceException('auth.unauthorized');
    return owner;
  }

  /** @throws ExperienceException `auth.unauthorized` when the user is gone */
  async signals(userId: UserId, rpId: RpId): Promise<SignalsDto> {
    const { userHandle, name, passkeys } = await this.owner(userId, rpId);
    const user = { rpId, userId: toBase64Url(userHandle) };
    return {
      allAcceptedCredentials: {
        ...user,
        allAcceptedCredentialIds: passkeys.map(({ credentialId }) => toBase64Url(credentialId)),
      },
      currentUserDetails: { ...user, name, displayName: name },
    };
  }

  /**
   * Binds a verified registration of this interaction, made for this user.
   * @throws ExperienceException `session.verification_session_not_found`, `session.verification_failed`,
   *   `session.mfa.webauthn_credential_already_in_use`
   */
  async add(
    userId: UserId,
    interactionId: InteractionId | null,
    { verificationId, name }: AddPasskeyDto,
  ): Promise<PasskeyDto> {
    return this.dataSource.transaction(async (transaction) => {
      const record = await this.records.take(interactionId, verificationId, transaction);
      if (!record.newCredential || record.userId !== userId) {
        throw new ExperienceException('session.verification_session_not_found', {
          reason: 'the record is not a registration for the signed-in user',
        });
      }
      return PasskeyDto.of(await this.bind(userId, record.newCredential, name ?? null, transaction));
    });
  }

  /** @throws ExperienceException `session.mfa.webauthn_credential_already_in_use` */
  bind(
    userId: UserId,
    credential: NewCredential,
    name: string | null,
    transaction: EntityManager,
  ): Promise<CredentialRecord> {
    return this.credentials.insert(userId, credential, name, transaction);
  }

  /** @throws ExperienceException `passkey.not_found` */
  async rename(userId: UserId, rpId: RpId, id: string, name: string): Promise<PasskeyDto> {
    const record = isUuid(id) && (await this.credentials.rename(userId, rpId, id, name));
    if (!record) throw notFound();
    return PasskeyDto.of(record);
  }

  /** @throws ExperienceException `passkey.not_found`, `user.last_passkey` */
  async delete(userId: UserId, rpId: RpId, id: string): Promise<void> {
    const outcome = isUuid(id) ? await this.credentials.deleteUnlessLast(userId, rpId, id) : 'not found';
    if (outcome === 'not found') throw notFound();
    if (outcome === 'last') throw new ExperienceException('user.last_passkey');
  }

  /** Deletes a passkey, also the last one: what management does for a lost or stolen device. */
  async revoke(userId: UserId, rpId: RpId, id: string): Promise<void> {
    if (!isUuid(id) || !(await this.credentials.delete(userId, rpId, id))) throw notFound();
  }
}
