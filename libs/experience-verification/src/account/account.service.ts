import { Inject, Injectable } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource } from 'typeorm';
import { nextCursorOf, readPaging } from '../api/paging';
import { AuditRepository } from '../audit/audit.repository';
import type { Identifier } from '../identifiers/identifier';
import { UserDto } from '../management/user.dto';
import { UsersService } from '../management/users.service';
import { PasskeysService } from '../passkeys/passkeys.service';
import type { Exchange } from '../ports/exchange';
import type { Caller } from '../ports/http-exchange';
import { type CurrentSession, SESSION_PROVIDER, type SessionProvider } from '../ports/session.port';
import { AddressProofs } from '../recovery/address-proofs.service';
import { TakenNames } from '../registration/taken-names.service';
import { Accounts } from '../users/accounts.service';
import type { InteractionId, UserId, VerificationId } from '../webauthn/webauthn-types';
import type { ChangeAccountDto } from './account.dto';
import { AccountEventDto, type AccountEventPageDto } from './account-event.dto';

/** Who changes the own account, and from where. */
export interface Owner {
  exchange: Exchange;
  session: CurrentSession;
  caller: Caller;
}

/** What the owner of an account does with it. Each change asks for a passkey where the account has one. */
@Injectable()
export class AccountService {
  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(SESSION_PROVIDER) private readonly sessions: SessionProvider,
    private readonly accounts: Accounts,
    private readonly passkeys: PasskeysService,
    private readonly users: UsersService,
    private readonly takenNames: TakenNames,
    private readonly proofs: AddressProofs,
    private readonly events: AuditRepository,
  ) {}

  /**
   * Changes the user name, or takes a name or an address away.
   * @throws ExperienceException `session.passkey_required`, `user.username_already_in_use`, `user.username_not_allowed`,
   *   `guard.invalid_input` when nothing would be left to sign in with; `request.not_found` where a host keeps the users
   */
  async change(owner: Owner, body: ChangeAccountDto): Promise<UserDto> {
    await this.requireOwner(owner);
    const { session, caller } = owner;
    return this.takenNames.limited(caller.ip, () => this.users.update(session.userId, body, changeBy(owner)));
  }

  /**
   * Sends a code to an address that is to be the account's, whoever has it.
   * @throws ExperienceException `session.passkey_required`, `recovery.channel_not_available`, `request.too_many`;
   *   `request.not_found` where a host keeps the users
   */
  async sendCode(owner: Owner, interactionId: InteractionId, address: Identifier): Promise<VerificationId> {
    await this.requireOwner(owner);
    const { exchange, session, caller } = owner;
    return this.proofs.send({ exchange, interactionId, userId: session.userId, caller }, address);
  }

  /**
   * Puts the address on the account, proved, in place of the one of its type, once the code is right.
   * @throws ExperienceException as `sendCode`; `verification_code.code_mismatch`, `session.mfa.pending_info_not_found`,
   *   `session.verification_session_not_found`, `user.*_already_in_use`
   */
  async takeAddress(
    owner: Owner,
    interactionId: InteractionId | null,
    verificationId: string,
    code: string,
  ): Promise<UserDto> {
    await this.requireOwner(owner);
    const { exchange, session, caller } = owner;
    const { userId } = session;
    const changed = await this.proofs.use(
      { exchange, interactionId, userId, caller },
      verificationId,
      code,
      async ({ type, value }, transaction) => {
        const changes = { identifiers: { [type]: value }, verified: { [type]: true } };
        return this.users.change(userId, changes, changeBy(owner), transaction);
      },
    );
    this.users.publish(changed);
    return UserDto.of(changed.after);
  }

  /**
   * Deletes the account with all that hangs on it, and signs this browser out.
   * @throws ExperienceException `session.passkey_required`; `request.not_found` where a host keeps the users
   */
  async delete(owner: Owner): Promise<void> {
    await this.requireOwner(owner);
    const { exchange, session } = owner;
    await this.users.delete(session.userId, changeBy(owner));
    await this.dataSource.transaction((transaction) => this.sessions.end(exchange, transaction));
  }

  /** @throws ExperienceException `guard.invalid_input` for a cursor or limit that can't be one */
  async listEvents(userId: UserId, cursor?: string, limit?: string): Promise<AccountEventPageDto> {
    const paging = readPaging(cursor, limit);
    const events = await this.events.list({
      rpIds: { but: [] },
      userId,
      before: paging.cursor,
      limit: paging.limit + 1,
    });
    return {
      events: events.slice(0, paging.limit).map((event) => AccountEventDto.of(event)),
      nextCursor: nextCursorOf(events, paging.limit),
    };
  }

  private async requireOwner({ exchange, session }: Owner): Promise<void> {
    this.accounts.requireKeptHere();
    await this.passkeys.requirePasskey(session, exchange.relyingParty.id);
  }
}

const changeBy = ({ exchange: { relyingParty }, session, caller }: Owner) => ({
  relyingParty,
  session,
  caller,
});
