import { Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditEvent } from '../audit/audit-event';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import type { Caller } from '../ports/http-exchange';
import type { NewCredential } from '../webauthn/new-credential';
import { VerificationRecordService } from '../records/verification-record.service';
import { Accounts } from '../users/accounts.service';
import {
  type InteractionId,
  isUuid,
  type OfferedCredential,
  type RpId,
  toBase64Url,
  type UserId,
} from '../webauthn/webauthn-types';
import type { CredentialRecord } from './credential-record.entity';
import { CredentialRecordRepository } from './credential-record.repository';
import { type AddPasskeyDto, PasskeyDto } from './passkey.dto';
import { PasskeyProviders } from './passkey-providers';
import type { SignalsDto } from './signals.dto';

const notFound = () => new ExperienceException('passkey.not_found');

/** A user as authenticators know one, with the passkeys of one relying party. */
export interface PasskeyOwner {
  userHandle: Buffer;
  name: string;
  passkeys: OfferedCredential[];
}

/** The passkeys of a user at one relying party. */
@Injectable()
export class PasskeysService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly credentials: CredentialRecordRepository,
    private readonly accounts: Accounts,
    private readonly records: VerificationRecordService,
    private readonly providers: PasskeyProviders,
    private readonly audit: AuditService,
  ) {}

  async list(userId: UserId, rpId: RpId): Promise<PasskeyDto[]> {
    return (await this.credentials.list(userId, rpId)).map((record) => this.toDto(record));
  }

  /** @throws ExperienceException `auth.unauthorized` when the user is gone */
  async owner(userId: UserId, rpId: RpId): Promise<PasskeyOwner> {
    const owner = await this.accounts.ownerOf(userId);
    if (!owner) throw new ExperienceException('auth.unauthorized');
    return { ...owner, passkeys: await this.credentials.offered(userId, rpId) };
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
    caller: Caller,
  ): Promise<PasskeyDto> {
    const { record, event } = await this.dataSource.transaction(async (transaction) => {
      const taken = await this.records.take(interactionId, verificationId, transaction);
      if (taken.ceremony !== 'registration' || taken.userId !== userId) {
        throw new ExperienceException('session.verification_session_not_found', {
          reason: 'the record is not a registration for the signed-in user',
        });
      }
      const { newCredential, userHandle } = taken;
      return this.bind(userId, newCredential, userHandle, name ?? null, caller, transaction);
    });
    this.audit.publish(event);
    return this.toDto(record);
  }

  /**
   * Gives the user the passkey, in `transaction`; `event` is to be published once that is committed.
   * @throws ExperienceException `session.mfa.webauthn_credential_already_in_use`
   */
  async bind(
    userId: UserId,
    credential: NewCredential,
    userHandle: Buffer,
    name: string | null,
    caller: Caller,
    transaction: EntityManager,
  ): Promise<{ record: CredentialRecord; event: AuditEvent }> {
    const record = await this.credentials.insert(userId, credential, userHandle, name, transaction);
    const { rpId, credentialId } = credential;
    const details = { passkeyId: record.id, credentialId };
    const event = await this.audit.write(
      { type: 'passkey.added', rpId, userId, details },
      caller,
      transaction,
    );
    return { record, event };
  }

  /** @throws ExperienceException `passkey.not_found` */
  async rename(userId: UserId, rpId: RpId, id: string, name: string, caller: Caller): Promise<PasskeyDto> {
    if (!isUuid(id)) throw notFound();
    const renaming = this.audit.prepare(
      { type: 'passkey.renamed', rpId, userId, details: { passkeyId: id } },
      caller,
    );
    const record = await this.dataSource.transaction(async (transaction) => {
      const renamed = await this.credentials.rename(userId, rpId, id, name, transaction);
      if (!renamed) throw notFound();
      await this.audit.insert(renaming, transaction);
      return renamed;
    });
    this.audit.publish(renaming);
    return this.toDto(record);
  }

  /** @throws ExperienceException `passkey.not_found`, `user.last_passkey` */
  async delete(userId: UserId, rpId: RpId, id: string, caller: Caller): Promise<void> {
    const deletion = this.audit.prepare(
      { type: 'passkey.deleted', rpId, userId, details: { passkeyId: id } },
      caller,
    );
    const outcome = isUuid(id)
      ? await this.credentials.deleteUnlessLast(userId, rpId, id, (transaction) =>
          this.audit.insert(deletion, transaction),
        )
      : 'not found';
    if (outcome === 'not found') throw notFound();
    if (outcome === 'last') throw new ExperienceException('user.last_passkey');
    this.audit.publish(deletion);
  }

  /** Deletes a passkey, also the last one: what management does for a lost or stolen device. */
  async revoke(userId: UserId, rpId: RpId, id: string, caller: Caller): Promise<void> {
    if (!isUuid(id)) throw notFound();
    const deletion = this.audit.prepare(
      { type: 'passkey.deleted', rpId, userId, details: { passkeyId: id, by: 'management' } },
      caller,
    );
    await this.dataSource.transaction(async (transaction) => {
      if (!(await this.credentials.delete(userId, rpId, id, transaction))) throw notFound();
      await this.audit.insert(deletion, transaction);
    });
    this.audit.publish(deletion);
  }

  private toDto(record: CredentialRecord): PasskeyDto {
    return PasskeyDto.of(record, this.providers.of(record.aaguid));
  }
}
