import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import type { Identifier } from '../identifiers/identifier';
import { PreparedStatements } from '../database/prepared-statements';
import { TABLES } from '../database/tables';
import type { InteractionId, RpId, UserId, VerificationId } from '../webauthn/webauthn-types';
import type { AuthenticationMethod } from '../ports/session.port';
import type { NewCredential } from './new-credential';
import { spend, take } from './sign-in.statements';
import type {
  AuthenticationCeremony,
  Ceremony,
  CeremonyRequest,
  RecoveryRequest,
  RegistrationRequest,
  VerificationRecord,
} from './verification-record.entity';

/** Which record is meant: without `id`, the interaction's latest one. */
export interface RecordReference<C extends Ceremony = Ceremony> {
  interactionId: Buffer;
  id?: VerificationId;
  ceremony: C;
  rpId: RpId;
}

/** The credential record that an answer names, with what is needed of its owner. */
export interface KnownCredential {
  id: string;
  userId: UserId;
  /** The owner's; null: a host's directory decides. */
  tenant: string | null;
  /** Null: imported from a system that did not keep it. */
  userHandle: Buffer | null;
  suspended: boolean;
  publicKey: Buffer;
  signCount: number;
  /** Null: imported, and not known yet. */
  backupEligible: boolean | null;
  /** The model that its attestation named, see `modelOf`; null: none did. */
  attestedModel: string | null;
  /** Registered before the options were made, so that it was in their allowCredentials. */
  offered: boolean;
}

/** A record, without what it asks and proves. */
export type ListedRecord = Pick<VerificationRecord, 'id' | 'ceremony' | 'status' | 'userId'>;

/** A record whose challenge the caller, and nobody else, has just spent. */
export interface SpentRecord<C extends Ceremony = Ceremony> extends Pick<
  VerificationRecord,
  'id' | 'interactionId' | 'rpId' | 'challenge' | 'userId' | 'decoy' | 'userHandle'
> {
  request: CeremonyRequest[C];
  /** The user whom the interaction has identified already. */
  identifiedUserId: UserId | null;
  credential: KnownCredential | null;
  /** Whether the credential that the answer names is known to have been deleted here. */
  deletedHere: boolean;
  /** Made before whatever the user had proved was made void. */
  void: boolean;
}

/** A verified record, taken to be used, with the present state of its user and passkey. */
export type TakenRecord = TakenProof | TakenRegistration;

/** What every verified record has. */
interface Taken {
  amr: AuthenticationMethod[];
  verifiedAt: Date;
  /** Made before whatever the user had proved was made void. */
  void: boolean;
}

/** Of a user who has proved who they are. */
export interface TakenProof extends Taken {
  ceremony: AuthenticationCeremony | 'recovery' | 'address';
  userId: UserId | null;
  request: Partial<RecoveryRequest>;
  /** The credential record that proved it, if one did. */
  passkeyId: string | null;
  /** Null when the user is gone. */
  suspended: boolean | null;
  /** Whether the passkey that was used is gone. */
  passkeyRemoved: boolean;
}

/** Of a passkey that waits to be bound. */
export interface TakenRegistration extends Taken {
  ceremony: 'registration';
  /** Null for a new user. */
  userId: UserId | null;
  request: RegistrationRequest;
  newCredential: NewCredential;
  userHandle: Buffer;
}

type SpentRow<C extends Ceremony> = Omit<SpentRecord<C>, 'credential'> &
  Omit<KnownCredential, 'id' | 'userId' | 'userHandle'> & {
    credentialRecordId: string | null;
    ownerId: UserId;
    ownerHandle: Buffer | null;
  };

/**
 * Which records stay when an interaction begins anew: those that wait for an answer of whichever passkey the person
 * picks, and the handles of new users.
 */
const STAYS = `(ceremony = 'new-user'
  OR (status = 'pending' AND ceremony = 'authentication' AND user_id IS NULL AND NOT decoy))`;

@Injectable()
export class VerificationRecordRepository {
  private readonly spendOne: (values: unknown[]) => Promise<SpentRow<Ceremony>[]>;
  private readonly taken: string;

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    statements: PreparedStatements,
    @Inject(TABLES) private readonly tables: string,
  ) {
    this.spendOne = statements.sharing(spend(tables));
    this.taken = take(tables);
  }

  /**
   * Spends the pending challenge in one atomic statement, and reads with it the credential record that the
   * answer names. Null when there was none to spend.
   */
  async spend<C extends Ceremony>(
    { interactionId, id, ceremony, rpId }: RecordReference<C>,
    credentialId: Buffer | null,
  ): Promise<SpentRecord<C> | null> {
    const named = [interactionId, ceremony, rpId, credentialId, id ?? null];
    // It spends none of another ceremony.
    const [row] = (await this.spendOne(named)) as SpentRow<C>[];
    if (!row) return null;
    const { credentialRecordId, ownerId, ownerHandle, ...record } = row;
    const credential =
      credentialRecordId === null
        ? null
        : { ...record, id: credentialRecordId, userId: ownerId, userHandle: ownerHandle };
    return { credential, ...record };
  }

  /** The state of a record that could not be spent; null when there is none, or it has expired. */
  async statusOf(
    { interactionId, id, ceremony, rpId }: Pick<RecordReference, 'interactionId'> & Partial<RecordReference>,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<VerificationRecord['status'] | null> {
    const [row] = await manager.query<Pick<VerificationRecord, 'status'>[]>(
      `SELECT status FROM ${this.tables}verification_records
        WHERE interaction_id = $1 AND id = coalesce($2, id) AND ceremony = coalesce($3, ceremony)
          AND rp_id = coalesce($4, rp_id) AND expires_at > now()
        ORDER BY created_at DESC, id DESC LIMIT 1`,
      [interactionId, id ?? null, ceremony ?? null, rpId ?? null],
    );
    return row?.status ?? null;
  }

  /** Whose verified record it is, so that the user can be locked before it is taken; null when nobody's yet. */
  async ownerOf(
    { interactionId, id }: { interactionId: Buffer; id: VerificationId },
    transaction: EntityManager,
  ): Promise<UserId | null> {
    const [row] = await transaction.query<{ userId: UserId | null }[]>(
      `SELECT user_id AS "userId" FROM ${this.tables}verification_records WHERE interaction_id = $1 AND id = $2`,
      [interactionId, id],
    );
    return row?.userId ?? null;
  }

  /**
   * Takes a verified record out of the table, inside `transaction`: it is used once. Null when there is none.
   */
  async take(
    { interactionId, id }: { interactionId: Buffer; id: VerificationId },
    transaction: EntityManager,
  ): Promise<TakenRecord | null> {
    const [record] = await transaction.query<TakenRecord[]>(this.taken, [interactionId, id]);
    return record ?? null;
  }

  /** The interaction's records that have not expired, the oldest first. */
  async list(interactionId: InteractionId, rpId: RpId): Promise<ListedRecord[]> {
    return this.dataSource.query<ListedRecord[]>(
      `SELECT id, ceremony, status, user_id AS "userId" FROM ${this.tables}verification_records
        WHERE interaction_id = $1 AND rp_id = $2 AND expires_at > now() ORDER BY created_at, id`,
      [interactionId, rpId],
    );
  }

  /** For which new user a registration was begun last, and has not expired. */
  async newUserOf(interactionId: InteractionId, rpId: RpId): Promise<Identifier | null> {
    const [row] = await this.dataSource.query<{ identifier: Identifier }[]>(
      `SELECT request->'identifier' AS identifier FROM ${this.tables}verification_records
        WHERE interaction_id = $1 AND rp_id = $2 AND ceremony = 'registration' AND user_id IS NULL AND expires_at > now()
        ORDER BY created_at DESC, id DESC LIMIT 1`,
      [interactionId, rpId],
    );
    return row?.identifier ?? null;
  }

  /** Gives an interaction's records its new id. */
  async move(
    from: InteractionId,
    to: InteractionId,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<void> {
    await manager.query(
      `UPDATE ${this.tables}verification_records SET interaction_id = $2 WHERE interaction_id = $1`,
      [from, to],
    );
  }

  /**
   * Deletes the records of an interaction that ends where another begins in the same browser, but for pending ones of
   * the discoverable flow: a page asks for those options when it opens, and begins the interaction once a passkey was
   * picked. They become the new one's, in one statement, so that no two starts both have them.
   * So do the handles of new users, lest a registration that came to nothing leave a second passkey behind.
   *
   * Safe, since such a record says nothing of anybody: it names no user, proves nothing yet, and keeps its challenge
   * and its lifetime. Whatever else could be planted in a browser (an identified user, a verified record, one made for
   * an identifier) ends here; whoever planted the old cookie does not know the new one, under which alone the record
   * can be answered now. That they know its challenge helps nobody: what signs it is bound to this relying party's
   * origin, and an assertion of their own would need the victim's browser to send it. A handle is random, is of an
   * identifier that nobody has, and proves nothing.
   */
  async carryOver(ended: InteractionId, begun: InteractionId): Promise<void> {
    await this.dataSource.query(
      `WITH kept AS (
         UPDATE ${this.tables}verification_records SET interaction_id = $2 WHERE interaction_id = $1 AND ${STAYS})
       DELETE FROM ${this.tables}verification_records WHERE interaction_id = $1 AND NOT ${STAYS}`,
      [ended, begun],
    );
  }

  /** Deletes an interaction's records, whatever their state. */
  async deleteOf(
    interactionId: InteractionId,
    manager: EntityManager = this.dataSource.manager,
  ): Promise<void> {
    await manager.query(`DELETE FROM ${this.tables}verification_records WHERE interaction_id = $1`, [
      interactionId,
    ]);
  }
}
