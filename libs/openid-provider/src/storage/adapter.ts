import type { Adapter, AdapterPayload, errors } from 'oidc-provider';
import type { AuditEvent, Sealing } from 'nestjs-passkey-sign-in';
import { UUID } from '../ports/application';
import {
  type TokenRequest,
  type FoundPayload,
  hashed,
  type NewPayload,
  type PayloadsRepository,
} from './payloads.repository';
import type { Pending, Use } from './pending';
import type { RequestUnderWay } from './request-under-way';

/** What an adapter needs beside the name of its model. */
export interface Storage {
  issuer: string;
  relyingPartyId: string;
  payloads: PayloadsRepository;
  sealing: Sealing;
  /** Seconds that a session may be idle. */
  idleTtl: number;
  errors: typeof errors;
  /** Of the request under way: its session, which a Grant's payload does not name, and the client that it names. */
  request: () => RequestUnderWay | undefined;
  uses: Pending<Use>;
  events: Pending<AuditEvent>;
  /** Tells of an event that the database has. */
  publish: (event: AuditEvent) => void;
  /** Metadata of a client. */
  findClient: (id: string) => Promise<AdapterPayload | undefined>;
}

/** Models of which is asked next what they were given for. */
const TOKENS = new Set(['AuthorizationCode', 'AccessToken', 'RefreshToken', 'DeviceCode']);

/** Models of tokens that an event tells of. */
const ISSUED = new Set(['AccessToken', 'ClientCredentials']);

/** Further models that are written once, under a new id. */
const WRITTEN_ONCE = new Set(['AuthorizationCode', 'RefreshToken']);

/** SQLSTATE foreign_key_violation. */
const isForeignKeyViolation = (error: unknown): boolean =>
  (error as { driverError?: { code?: string } }).driverError?.code === '23503';

const scopeOf = ({ scope, openid }: AdapterPayload): string =>
  [scope, (openid as { scope?: string } | undefined)?.scope].filter(Boolean).join(' ');

/**
 * Who is signed in is the module's to say, also when a browser comes back: no session is remembered. When the first of several
 * interactions of a request began is: a proof since then is one that was made for it.
 */
const interactionOf = (payload: AdapterPayload): AdapterPayload => {
  const { begun = payload.iat } = (payload['lastSubmission'] ?? {}) as { begun?: number };
  return { ...payload, session: undefined, result: { begun, ...(payload['result'] as object | undefined) } };
};

/**
 * Storage of oidc-provider's models. Whoever of several servers is first with a code or token is decided by one statement,
 * and what hangs on a session that has ended meanwhile can't be written: its foreign key says so.
 */
export class PayloadAdapter implements Adapter {
  constructor(
    private readonly model: string,
    private readonly storage: Storage,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresIn?: number): Promise<void> {
    const { payloads, errors, events } = this.storage;
    try {
      const row = this.rowOf(id, payload, expiresIn);
      const event = ISSUED.has(this.model) ? events.take() : undefined;
      if (event) await this.issue(row, event);
      else await (WRITTEN_ONCE.has(this.model) ? payloads.insert(row) : payloads.save(row));
    } catch (error) {
      if (isForeignKeyViolation(error)) throw new errors.InvalidGrant('the session has ended');
      throw error;
    }
  }

  private async issue(row: NewPayload, event: AuditEvent): Promise<void> {
    const { payloads, uses, publish } = this.storage;
    const use = row.sessionId === null ? undefined : uses.take();
    if (use) await use((key) => payloads.issue(row, event, key));
    else await payloads.issue(row, event, null);
    publish(event);
  }

  /** False when there is one of this id already. */
  insertOnce(id: string, payload: AdapterPayload, expiresIn: number): Promise<boolean> {
    return this.storage.payloads.insertOnce(this.rowOf(id, payload, expiresIn));
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    if (this.model === 'Client') return this.findClient(id);
    return this.opened(await this.findByKey(this.keyOf(id)));
  }

  /** A session's uid is its id. */
  findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.find(uid);
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    const { payloads, idleTtl } = this.storage;
    return this.opened(await payloads.findByUserCode(this.userCodeKeyOf(userCode), idleTtl));
  }

  /** @throws InvalidGrant when somebody else was first, and all that was issued for the grant ends then (RFC 9700, 4.14.2) */
  async consume(id: string): Promise<void> {
    const { payloads, errors, uses } = this.storage;
    const use: Use = async (decide) => {
      if (await decide(this.keyOf(id))) return;
      if (this.model === 'PushedAuthorizationRequest')
        throw new errors.InvalidRequestUri('it was used before');
      const found = await this.find(id);
      if (found?.grantId) await payloads.deleteGrant(this.grantKeyOf(found.grantId));
      throw new errors.InvalidGrant('it was used before');
    };
    if (this.model === 'AuthorizationCode') uses.put(use);
    else await use((key) => payloads.consume(key));
  }

  async destroy(id: string): Promise<void> {
    await this.storage.payloads.delete(this.keyOf(id));
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.storage.payloads.deleteGrant(this.grantKeyOf(grantId));
  }

  private findByKey(key: Buffer): Promise<FoundPayload | undefined> {
    const { payloads, idleTtl } = this.storage;
    if (TOKENS.has(this.model)) return payloads.findTokenWithMore(key, this.requestFor(null));
    const { clientId } = this.storage.request() ?? {};
    if (this.model === 'Session' && clientId !== undefined)
      return payloads.findSessionWithMore(key, this.requestFor(clientId));
    return payloads.find(key, idleTtl);
  }

  private async findClient(id: string): Promise<AdapterPayload | undefined> {
    const { payloads, issuer, request, findClient } = this.storage;
    const { shown } = request() ?? {};
    if (shown) await payloads.prefetchToken(hashed(issuer, shown.model, shown.id), this.requestFor(id));
    return findClient(id);
  }

  /** Of no client where that can't be an application's id: statements are not asked what anybody has sent. */
  private requestFor(clientId: string | null): TokenRequest {
    const { idleTtl, relyingPartyId } = this.storage;
    return { idleTtl, relyingPartyId, clientId: clientId !== null && UUID.test(clientId) ? clientId : null };
  }

  private rowOf(id: string, payload: AdapterPayload, expiresIn = 0): NewPayload {
    const key = this.keyOf(id);
    const members = this.model === 'Interaction' ? interactionOf(payload) : payload;
    const { grantId, userCode, clientId } = members;
    return {
      key,
      model: this.model,
      sessionId: this.sessionOf(id, members),
      grantKey: this.model === 'Grant' ? this.grantKeyOf(id) : grantId ? this.grantKeyOf(grantId) : null,
      userCodeKey: userCode ? this.userCodeKeyOf(userCode) : null,
      clientId: clientId ?? null,
      offline: scopeOf(members).split(' ').includes('offline_access'),
      payload: this.storage.sealing.seal(members, key),
      expiresIn,
    };
  }

  private opened(found: FoundPayload | undefined): AdapterPayload | undefined {
    if (!found) return undefined;
    const { key, payload, consumed } = found;
    const members = this.storage.sealing.open(payload, key) as AdapterPayload | null;
    if (!members) return undefined;
    return consumed === null ? members : { ...members, consumed };
  }

  private sessionOf(id: string, payload: AdapterPayload): string | null {
    // One of a browser in which nobody is signed in hangs on nothing.
    if (this.model === 'Session') return payload.accountId === undefined ? null : id;
    if (this.model === 'Grant') return this.storage.request()?.sessionId ?? null;
    return payload.sessionUid ?? null;
  }

  private keyOf(id: string): Buffer {
    return hashed(this.storage.issuer, this.model, id);
  }

  private grantKeyOf(grantId: string): Buffer {
    return hashed(this.storage.issuer, 'Grant', grantId);
  }

  private userCodeKeyOf(userCode: string): Buffer {
    return hashed(this.storage.issuer, 'user code', userCode);
  }
}
