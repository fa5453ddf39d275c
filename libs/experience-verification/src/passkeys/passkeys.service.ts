import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditEvent } from '../audit/audit-event';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { Exchange } from '../ports/exchange';
import type { Caller } from '../ports/http-exchange';
import { type CurrentSession, SESSION_PROVIDER, type SessionProvider } from '../ports/session.port';
import { isProvenByPasskey } from '../session/session.guard';
import type { NewCredential } from '../records/new-credential';
import { VerificationRecordService } from '../records/verification-record.service';
import { Accounts } from '../users/accounts.service';
import { SessionOwners } from '../users/session-owners.service';
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
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @InjectDataSource() private readonly dataSource: DataSource,
    private readonly credentials: CredentialRecordRepository,
    private readonly accounts: Accounts,
    private readonly owners: SessionOwners,
    private readonly records: VerificationRecordService,
    @Inject(SESSION_PROVIDER) private readonly sessions: SessionProvider,
    private readonly providers: PasskeyProviders,
    private readonly audit: AuditService,
  ) {}

  async list(userId: UserId, rpId: RpId): Promise<PasskeyDto[]> {
    return (await this.credentials.list(userId, rpId)).map((record) => this.toDto(record));
  }

  /** @throws ExperienceException `passkey.not_found` */
  async get(userId: UserId, rpId: RpId, id: string): Promise<PasskeyDto> {
    const record = isUuid(id) && (await this.credentials.find(userId, rpId, id));
    if (!record) throw notFound();
    return this.toDto(record);
  }

  /** How many the user has. */
  count(userId: UserId, rpId: RpId, manager: EntityManager = this.dataSource.manager): Promise<number> {
    return this.credentials.count(userId, rpId, manager);
  }

  /** Whether the user has the passkey, in `transaction`. */
  has(userId: UserId, passkeyId: string, transaction: EntityManager): Promise<boolean> {
    return this.credentials.has(userId, passkeyId, transaction);
  }

  /**
   * Refuses a session in which no passkey was used, where the user has one at the relying party.
   * @throws ExperienceException `session.passkey_required`
   */
  async requirePasskey(session: CurrentSession, rpId: RpId): Promise<void> {
    if (isProvenByPasskey(session)) return;
    const passkeys = await this.credentials.offered(session.userId, rpId);
    if (passkeys.length > 0) throw new ExperienceException('session.passkey_required');
  }

  /**
   * The same, but for a session that came by a code and has added no passkey yet: its user may have lost them all.
   * @throws ExperienceException `session.passkey_required`, `user.too_many_passkeys`
   */
  async requireMayAdd(session: CurrentSession, rpId: RpId): Promise<void> {
    if (!isRecovery(session)) await this.requirePasskey(session, rpId);
    await this.requireRoom(session.userId, rpId, this.dataSource.manager);
  }

  /** @throws ExperienceException `auth.unauthorized` when the user is gone */
  async owner(userId: UserId, rpId: RpId): Promise<PasskeyOwner> {
    const owner = await this.accounts.ownerOf(userId);
    if (!owner) throw new ExperienceException('auth.unauthorized');
    return { ...owner, passkeys: await this.credentials.offered(userId, rpId) };
  }

  /** @throws ExperienceException `auth.unauthorized` when the user is gone */
  async signals(userId: UserId, rpId: RpId): Promise<SignalsDto> {
    const { userHandle, name } = await this.owner(userId, rpId);
    const user = { rpId, userId: toBase64Url(userHandle) };
    return {
      currentUserDetails: { ...user, name, displayName: name },
    };
  }

  /**
   * Binds a verified registration of this interaction, made for this user. A session that came by a code may add one
   * passkey, which it hangs on from then.
   * @throws ExperienceException `session.verification_session_not_found`, `session.verification_failed`,
   *   `session.mfa.webauthn_credential_already_in_use`, `session.passkey_required`
   */
  async add(
    exchange: Exchange,
    session: CurrentSession,
    interactionId: InteractionId | null,
    { verificationId, name }: AddPasskeyDto,
    caller: Caller,
  ): Promise<PasskeyDto> {
    const { userId } = session;
    await this.requireMayAdd(session, exchange.relyingParty.id);
    const { record, event } = await this.dataSource.transaction(async (transaction) => {
      await this.owners.lock(session, transaction);
      const { newCredential, userHandle } = await this.records.takeRegistration(
        userId,
        interactionId,
        verificationId,
        transaction,
      );
      const bound = await this.bind(userId, newCredential, userHandle, name ?? null, caller, transaction);
      if (isRecovery(session)) {
        await this.sessions.renew(exchange, { amr: [], passkeyId: bound.record.id }, transaction);
      }
      return bound;
    });
    this.audit.publish(event);
    return this.toDto(record);
  }

  /**
   * Gives the user the passkey, in `transaction`; `event` is to be published once that is committed.
   * @throws ExperienceException `session.mfa.webauthn_credential_already_in_use`, `user.too_many_passkeys`
   */
  async bind(
    userId: UserId,
    credential: NewCredential,
    userHandle: Buffer,
    name: string | null,
    caller: Caller,
    transaction: EntityManager,
  ): Promise<{ record: CredentialRecord; event: AuditEvent }> {
    await this.requireRoom(userId, credential.rpId, transaction);
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
  async rename(
    session: CurrentSession,
    rpId: RpId,
    id: string,
    name: string,
    caller: Caller,
  ): Promise<PasskeyDto> {
    const { userId } = session;
    if (!isUuid(id)) throw notFound();
    const renaming = this.audit.prepare(
      { type: 'passkey.renamed', rpId, userId, details: { passkeyId: id } },
      caller,
    );
    const record = await this.dataSource.transaction(async (transaction) => {
      await this.owners.lock(session, transaction);
      const renamed = await this.credentials.rename(userId, rpId, id, name, transaction);
      if (!renamed) throw notFound();
      await this.audit.insert(renaming, transaction);
      return renamed;
    });
    this.audit.publish(renaming);
    return this.toDto(record);
  }

  /**
   * Deletes a passkey of the signed-in user, and ends the sessions that it opened, but for this browser's.
   * @throws ExperienceException `passkey.not_found`, `user.last_passkey`, `session.passkey_required`
   */
  async delete(exchange: Exchange, session: CurrentSession, id: string, caller: Caller): Promise<void> {
    const { id: rpId } = exchange.relyingParty;
    const { userId } = session;
    if (!isUuid(id)) throw notFound();
    await this.requirePasskey(session, rpId);
    const deletion = this.audit.prepare(
      { type: 'passkey.deleted', rpId, userId, details: { passkeyId: id } },
      caller,
    );
    await this.dataSource.transaction(async (transaction) => {
      await this.owners.lock(session, transaction);
      const outcome = await this.credentials.deleteUnlessLast(userId, rpId, id, transaction);
      if (outcome === 'not found') throw notFound();
      if (outcome === 'last') throw new ExperienceException('user.last_passkey');
      await this.sessions.endAll(userId, transaction, { passkeyId: id, except: exchange });
      await this.audit.insert(deletion, transaction);
    });
    this.audit.publish(deletion);
  }

  /**
   * Deletes a passkey, also the last one, and ends the sessions that it opened: what management does for a lost or
   * stolen device.
   */
  async revoke(userId: UserId, rpId: RpId, id: string, caller: Caller): Promise<void> {
    if (!isUuid(id)) throw notFound();
    const deleted = await this.deleteAsManagement(userId, rpId, caller, id);
    if (deleted === 0) throw notFound();
  }

  /** The same of all that the user has at the relying party. */
  async revokeAll(userId: UserId, rpId: RpId, caller: Caller): Promise<void> {
    await this.deleteAsManagement(userId, rpId, caller);
  }

  /**
   * @param id of one alone
   * @returns how many were there
   */
  private async deleteAsManagement(userId: UserId, rpId: RpId, caller: Caller, id?: string): Promise<number> {
    const events = await this.dataSource.transaction(async (transaction) => {
      await this.accounts.lockAny(userId, transaction);
      const deletions: AuditEvent[] = [];
      const ids = id === undefined ? await this.credentials.idsOf(userId, rpId, transaction) : [id];
      for (const passkeyId of ids) {
        if (!(await this.credentials.delete(userId, rpId, passkeyId, transaction))) continue;
        await this.sessions.endAll(userId, transaction, { passkeyId });
        const deletion = { type: 'passkey.deleted' as const, rpId, userId, details: { passkeyId } };
        deletions.push(await this.audit.write(deletion, caller, transaction));
      }
      return deletions;
    });
    for (const event of events) this.audit.publish(event);
    return events.length;
  }

  /** Deletes every passkey of the user, at each relying party. */
  async deleteAll(userId: UserId, transaction: EntityManager): Promise<void> {
    await this.credentials.deleteAll(userId, transaction);
  }

  /** @throws ExperienceException `user.too_many_passkeys` */
  async requireRoom(userId: UserId, rpId: RpId, transaction: EntityManager): Promise<void> {
    if ((await this.count(userId, rpId, transaction)) >= this.options.maxPasskeys) {
      throw new ExperienceException('user.too_many_passkeys');
    }
  }

  private toDto(record: CredentialRecord): PasskeyDto {
    return PasskeyDto.of(record, this.providers.of(record.aaguid));
  }
}

/** Whether a code alone opened the session, and no passkey has been added in it. */
const isRecovery = (session: CurrentSession): boolean =>
  session.amr.includes('otp') && session.passkeyId === null && !isProvenByPasskey(session);
