import { randomUUID } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { AuditEvent } from '../audit/audit-event';
import { violatedUniqueConstraint } from '../database/database-availability';
import { AuditService } from '../audit/audit.service';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { Caller } from '../ports/http-exchange';
import { readDto } from '../validation/request-body';
import { nextCursorOf, readPaging } from '../api/paging';
import {
  ALREADY_IN_USE,
  IDENTIFIER_TYPES,
  NO_IDENTIFIER,
  toMembers,
  toVerifiedMembers,
} from '../identifiers/identifier';
import { toIdentifiers, toVerified } from '../identifiers/identifiers.dto';
import { isOfTenant, type UserAccount, UsersRepository } from '../users/users.repository';
import type { RelyingParty } from '../webauthn/relying-party';
import {
  isUuid,
  knownTransports,
  MAX_CREDENTIAL_ID_BYTES,
  type RpId,
  toBase64Url,
} from '../webauthn/webauthn-types';
import { withoutArmour } from '../validation/base64url';
import { assertKeySize, readCoseKey, spkiToCose, toCoseKey } from '../webauthn/cose-key';
import { CredentialRecord } from './credential-record.entity';
import { CredentialRecordRepository, type ImportedCredential } from './credential-record.repository';
import { PasskeysService } from './passkeys.service';
import { ZERO_AAGUID } from './passkey-provider';
import {
  type ImportPasskeysDto,
  type ImportResultDto,
  type ImportResultsDto,
  MAX_KEY,
  type PasskeyPageDto,
  toMoment,
  TransferredPasskeyDto,
} from './passkey-transfer.dto';

const MAX_USER_HANDLE_BYTES = 64;

/** How often an import is tried that others get ahead of. */
const MOST_RACES = 10;

/** Passkeys that move from and to other systems. */
@Injectable()
export class PasskeyTransferService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly users: UsersRepository,
    private readonly credentials: CredentialRecordRepository,
    private readonly passkeys: PasskeysService,
    private readonly audit: AuditService,
  ) {}

  /** Imports each passkey by itself: one that is refused does not keep the others out, and may be sent again. */
  async import(
    relyingParty: RelyingParty,
    { passkeys }: ImportPasskeysDto,
    caller: Caller,
  ): Promise<ImportResultsDto> {
    const results: ImportResultDto[] = [];
    for (const passkey of passkeys) results.push(await this.importOne(relyingParty, passkey, caller));
    return { results };
  }

  /** @throws ExperienceException `guard.invalid_input` for a cursor or limit that can't be one */
  async export(
    relyingParty: RelyingParty,
    caller: Caller,
    cursor?: string,
    limit?: string,
  ): Promise<PasskeyPageDto> {
    const { id: rpId } = relyingParty;
    const paging = readPaging(cursor, limit);
    const records = await this.credentials.page(rpId, paging.limit + 1, paging.cursor);
    const owners = await this.users.findByIds([...new Set(records.map(({ userId }) => userId))]);
    const byId = new Map(owners.map((owner) => [owner.id, owner]));
    await this.audit.record({ type: 'passkeys.exported', rpId, userId: null, details: {} }, caller);
    return {
      passkeys: records.slice(0, paging.limit).flatMap((record) => {
        const owner = byId.get(record.userId);
        return owner && isOfTenant(owner, relyingParty) ? [toTransfer(record, owner)] : [];
      }),
      nextCursor: nextCursorOf(records, paging.limit),
    };
  }

  private async importOne(
    relyingParty: RelyingParty,
    item: unknown,
    caller: Caller,
  ): Promise<ImportResultDto> {
    const { id: rpId } = relyingParty;
    const credentialId = credentialIdIn(item);
    try {
      const passkey = readDto(TransferredPasskeyDto, item, 'passkey');
      const record = toRecord(rpId, passkey);
      const bringIn = async (transaction: EntityManager) => {
        const { owner, isNew } = await this.ownerOf(
          relyingParty,
          passkey,
          record.userHandle ?? null,
          transaction,
        );
        const userId = owner.id;
        const existing = await transaction.findOneBy(CredentialRecord, {
          rpId,
          credentialId: record.credentialId,
        });
        if (existing?.userId === userId) return { userId, events: [] };
        if (existing) throw conflict('the credential belongs to another user');
        if (passkey.user.suspended && !owner.suspended)
          throw conflict('the user is suspended there, and not here');
        await this.users.lock(userId, transaction);
        await this.passkeys.requireRoom(userId, rpId, transaction);
        await this.credentials.insertImported({ ...record, userId }, transaction);
        const events: AuditEvent[] = [];
        if (isNew) {
          const created = { type: 'user.created' as const, rpId, userId, details: {} };
          events.push(await this.audit.write(created, caller, transaction));
        }
        const imported = await this.audit.write(
          {
            type: 'passkey.imported',
            rpId,
            userId,
            details: {
              passkeyId: record.id,
              credentialId: toBase64Url(record.credentialId),
            },
          },
          caller,
          transaction,
        );
        events.push(imported);
        return { userId, events };
      };
      const { userId, events } = await alsoAfterOthers(() => this.dataSource.transaction(bringIn));
      for (const event of events) this.audit.publish(event);
      return { credentialId, status: events.length > 0 ? 'imported' : 'unchanged', userId };
    } catch (error) {
      if (!(error instanceof ExperienceException)) throw error;
      const { code, details } = error;
      const problem = details.reason ?? (namedMembers(details.data) || error.message);
      return { credentialId, status: 'refused', code, problem };
    }
  }

  /**
   * The user who has the identifiers, created if there is none. The user handle is the account's key at the
   * authenticator: a user who has passkeys under another one is somebody else.
   */
  private async ownerOf(
    relyingParty: RelyingParty,
    { user }: TransferredPasskeyDto,
    userHandle: Buffer | null,
    transaction: EntityManager,
  ): Promise<{ owner: UserAccount; isNew: boolean }> {
    const identifiers = toIdentifiers(user, this.options);
    const found = await this.users.findAll(relyingParty.tenant, identifiers, userHandle, transaction);
    if (found.length > 1) throw conflict('the identifiers and the user handle are of several users');
    const [owner] = found;
    if (owner && !isOfTenant(owner, relyingParty)) throw conflict('another user has the user handle');
    if (!owner) {
      if (Object.keys(identifiers).length === 0) {
        throw new ExperienceException('guard.invalid_input', {
          reason: `user: ${NO_IDENTIFIER}`,
        });
      }
      const suspended = user.suspended ?? false;
      const created = await this.users.insert(relyingParty.tenant, identifiers, transaction, {
        userHandle: userHandle ?? undefined,
        suspended,
        verified: toVerified(user),
      });
      return { owner: created, isNew: true };
    }
    const differs = IDENTIFIER_TYPES.some(
      (type) => identifiers[type] !== undefined && identifiers[type] !== owner.identifiers[type],
    );
    if (differs) throw conflict('a user with this handle or identifier has other identifiers');
    if (userHandle && !userHandle.equals(owner.userHandle)) {
      if (await transaction.existsBy(CredentialRecord, { userId: owner.id })) {
        throw conflict('the user has passkeys under another user handle');
      }
      await this.users.adoptHandle(owner.id, userHandle, transaction);
    }
    return { owner, isNew: false };
  }
}

const credentialIdIn = (item: unknown): string => {
  const id = typeof item === 'object' && item !== null && 'credentialId' in item ? item.credentialId : '';
  return typeof id === 'string' ? id : '';
};

/** What `guard.invalid_input` says of each wrong member, in one line; the passkey's own are named without it. */
const namedMembers = (data: unknown): string =>
  Object.entries((data ?? {}) as Record<string, string[]>)
    .map(([member, problems]) => `${member.replace(/^passkey\./, '')}: ${problems.join(', ')}`)
    .join('; ');

/** What is unique was not there a moment ago. */
const isRace = (error: unknown): boolean =>
  error instanceof ExperienceException
    ? ALREADY_IN_USE.some((code) => code === error.code)
    : violatedUniqueConstraint(error) !== null;

/** Of the same import several times at once one makes the user and the passkey, and the others find them. */
async function alsoAfterOthers<T>(work: () => Promise<T>): Promise<T> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await work();
    } catch (error) {
      if (!isRace(error) || tries === MOST_RACES) throw error;
    }
  }
}

const conflict = (reason: string) => new ExperienceException('passkey.import_conflict', { reason });

const invalid = (reason: string) => new ExperienceException('guard.invalid_input', { reason });

/** The bytes of base64url or base64, of a length that fits. */
function bytesOf(member: string, value: string, max: number): Buffer {
  const bytes = /^[\w+/-]*={0,2}$/.test(value) ? Buffer.from(value, 'base64') : Buffer.alloc(0);
  if (bytes.length < 1 || bytes.length > max)
    throw invalid(`${member}: must be 1 to ${max} bytes in base64url`);
  return bytes;
}

function keyOf({ publicKey, publicKeySpki }: TransferredPasskeyDto): Buffer {
  try {
    const cose = publicKeySpki
      ? spkiToCose(bytesOf('publicKeySpki', withoutArmour(publicKeySpki), MAX_KEY))
      : bytesOf('publicKey', withoutArmour(publicKey ?? ''), MAX_KEY);
    const { key, algorithm } = readCoseKey(cose);
    assertKeySize(key);
    return toCoseKey(algorithm, key.export({ format: 'jwk' }));
  } catch {
    throw invalid(
      `${publicKeySpki ? 'publicKeySpki' : 'publicKey'}: must be a public key of a supported kind`,
    );
  }
}

const withDashes = (aaguid: string): string =>
  aaguid.replace(/^(\w{8})(\w{4})(\w{4})(\w{4})(\w{12})$/, '$1-$2-$3-$4-$5');

function toRecord(rpId: RpId, passkey: TransferredPasskeyDto): Omit<ImportedCredential, 'userId'> {
  const aaguid = passkey.aaguid ? withDashes(passkey.aaguid.toLowerCase()) : ZERO_AAGUID;
  if (!isUuid(aaguid)) throw invalid('aaguid: must be a UUID');
  const { userHandle, backupEligible = null, backupState, discoverable = null, lastUsedAt } = passkey;
  return {
    id: randomUUID(),
    rpId,
    credentialId: bytesOf('credentialId', passkey.credentialId, MAX_CREDENTIAL_ID_BYTES),
    publicKey: keyOf(passkey),
    signCount: String(passkey.signCount ?? 0),
    transports: knownTransports(passkey.transports),
    aaguid,
    userHandle: userHandle == null ? null : bytesOf('userHandle', userHandle, MAX_USER_HANDLE_BYTES),
    backupEligible,
    backupState: backupState ?? false,
    uvInitialized: false,
    discoverable,
    attestationFormat: 'none',
    name: passkey.name ?? null,
    createdAt: passkey.createdAt == null ? null : toMoment(passkey.createdAt),
    lastUsedAt: lastUsedAt == null ? null : toMoment(lastUsedAt),
  };
}

function toTransfer(
  record: CredentialRecord,
  { identifiers, verified, suspended }: UserAccount,
): TransferredPasskeyDto {
  return {
    user: { ...toMembers(identifiers), ...toVerifiedMembers(verified), suspended },
    userHandle: record.userHandle && toBase64Url(record.userHandle),
    credentialId: toBase64Url(record.credentialId),
    publicKey: toBase64Url(record.publicKey),
    signCount: Number(record.signCount),
    transports: record.transports,
    aaguid: record.aaguid,
    backupEligible: record.backupEligible,
    backupState: record.backupState,
    discoverable: record.discoverable,
    name: record.name,
    createdAt: record.createdAt.toISOString(),
    lastUsedAt: record.lastUsedAt?.toISOString() ?? null,
  };
}
