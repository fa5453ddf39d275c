import { Inject, Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { TABLES } from '../database/tables';
import type { RelyingParty } from '../webauthn/relying-party';
import type { UserId, VerificationId } from '../webauthn/webauthn-types';
import type { Identifier } from '../identifiers/identifier';
import { bytesOfKey, identifierHashOf, sharedKey } from '../limits/limit-key';

/** Codes sent to an account: at most so many in 15 minutes, and in a day. */
const SENDS = 3;
const SENDS_A_DAY = 10;

/** Wrong codes tried of an account, from everywhere, in 15 minutes. */
const WRONG_TRIES = 5;

const SHORT = `interval '15 minutes'`;
const DAY = `interval '1 day'`;

/** For whom codes are counted: an account, or an identifier that nobody has, which must answer alike. */
export const countedFor = (
  userId: UserId | null,
  identifier: Identifier,
  relyingParty: RelyingParty,
): string =>
  sharedKey(userId ? `user ${userId}` : `identifier ${identifierHashOf(identifier, relyingParty)}`);

/** The times of a list that are not older than `age`, with the present one. */
const withNow = (times: string, age: string): string =>
  `ARRAY(SELECT at FROM unnest(${times} || now()) AS one (at) WHERE at > now() - ${age} ORDER BY at)`;

/** Milliseconds until the last `most` of a list are not all of the last `age`; 0 or less when they are not. */
const wait = (times: string, most: number, age: string): string =>
  `coalesce(1000 * extract(epoch FROM ${times}[cardinality(${times}) - ${most - 1}] + ${age} - now()), 0)::float8`;

/** How often codes are sent to accounts, and tried. Each method locks the account's row until `transaction` ends. */
@Injectable()
export class SentCodesRepository {
  constructor(@Inject(TABLES) private readonly tables: string) {}

  /**
   * Counts a code that is sent, by its record, which makes earlier ones void.
   * @returns milliseconds until one can be sent; 0 when it was counted
   */
  async admit(key: string, id: VerificationId, transaction: EntityManager): Promise<number> {
    const [admitted] = await transaction.query<unknown[]>(
      `INSERT INTO ${this.tables}sent_codes AS s (key, verification_id, sends, expires_at)
       VALUES ($1, $2, ARRAY[now()], now() + ${DAY})
       ON CONFLICT (key) DO UPDATE
          SET verification_id = excluded.verification_id, sends = ${withNow('s.sends', DAY)}, expires_at = excluded.expires_at
        WHERE ${wait('s.sends', SENDS, SHORT)} <= 0 AND ${wait('s.sends', SENDS_A_DAY, DAY)} <= 0
       RETURNING key`,
      [bytesOfKey(key), id],
    );
    if (admitted) return 0;
    const [refused] = await transaction.query<{ ms: number }[]>(
      `SELECT greatest(${wait('sends', SENDS, SHORT)}, ${wait('sends', SENDS_A_DAY, DAY)}) AS ms
         FROM ${this.tables}sent_codes WHERE key = $1`,
      [bytesOfKey(key)],
    );
    return Math.max(1, refused?.ms ?? 1);
  }

  /**
   * Looks whether a code may be tried: `latest` is the record of the one that was sent last, `wait` the milliseconds
   * until another may be tried, 0 when one may now. Null when none was sent.
   */
  async lock(
    key: string,
    transaction: EntityManager,
  ): Promise<{ latest: VerificationId; wait: number } | null> {
    const [row] = await transaction.query<{ latest: VerificationId; wait: number }[]>(
      `SELECT verification_id AS latest, ${wait('wrong_tries', WRONG_TRIES, SHORT)} AS wait
         FROM ${this.tables}sent_codes WHERE key = $1 FOR UPDATE`,
      [bytesOfKey(key)],
    );
    return row ? { ...row, wait: Math.max(0, row.wait) } : null;
  }

  async countWrong(key: string, transaction: EntityManager): Promise<void> {
    await transaction.query(
      `UPDATE ${this.tables}sent_codes SET wrong_tries = ${withNow('wrong_tries', SHORT)} WHERE key = $1`,
      [bytesOfKey(key)],
    );
  }
}
