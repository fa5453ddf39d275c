import { Inject, Injectable, type OnApplicationBootstrap, type OnModuleDestroy } from '@nestjs/common';
import type { ErrorCode } from '../errors/error-catalog';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { Caller } from '../ports/http-exchange';
import { networkOf, sharedKey } from './limit-key';
import type { LockPolicy } from '../ports/rate-limit-store.port';
import { RecentMap } from './recent-map';
import { BACKGROUND_PATIENCE, StoreAccess } from './store-access';
import { tooManyRequests } from './too-many-requests';

/** What is tried: each has failures of its own. */
export type AttemptKind = 'assertion' | 'recovery-code';

const MEMORY = { longest: 900, memory: 3600 };

const POLICY: Record<AttemptKind, LockPolicy & { failures: ErrorCode[] }> = {
  assertion: {
    ...MEMORY,
    threshold: 20,
    failures: ['session.mfa.webauthn_verification_failed', 'session.identity_conflict'],
  },
  'recovery-code': { ...MEMORY, threshold: 5, failures: ['session.mfa.invalid_recovery_code'] },
};

/** Milliseconds between looks at what other servers have locked, and at what succeeded here. */
const POLL_MS = 1_000;

/** While the store is away they can't be told. */
const MOST_SUCCESSES = 20_000;

/** What failures of one kind, for one identifier and from one network, count towards. */
export interface LockKey {
  kind: AttemptKind;
  key: string;
}

/**
 * Failures in a row for one identifier from one address lock that pair: for 1, 2, 4 … up to 900 seconds. Nobody
 * elsewhere is affected, nor who signs in without typing the identifier. A server knows what it has locked at
 * once, and what others have within a second.
 */
@Injectable()
export class Lockouts implements OnApplicationBootstrap, OnModuleDestroy {
  /** Failures that this server has seen, for when the store is away. */
  private readonly failures = new RecentMap<number>(10_000);
  private readonly lockedUntil = new RecentMap<number>(20_000);
  private readonly succeeded = new Set<string>();
  private readonly enabled: boolean;
  private timer: NodeJS.Timeout | undefined;
  private polling: Promise<void> = Promise.resolve();

  constructor(
    @Inject(MODULE_OPTIONS) { limits }: ResolvedOptions,
    private readonly access: StoreAccess,
  ) {
    this.enabled = limits !== null;
  }

  onApplicationBootstrap(): void {
    if (!this.enabled) return;
    this.timer = setInterval(() => {
      if (!this.access.isResting) this.polling = this.poll();
    }, POLL_MS).unref();
  }

  async onModuleDestroy(): Promise<void> {
    clearInterval(this.timer);
    await this.polling;
  }

  /** @throws ExperienceException `request.too_many` while the identifier is locked for this caller */
  refuseLocked(kind: AttemptKind, identifierHash: string, address: string): void {
    if (this.lockedUntil.isEmpty) return;
    this.refuse(keyOf(kind, identifierHash, address));
  }

  /**
   * Lets an attempt go on. Null when nothing is counted: the identifier or the address is not known.
   * @throws ExperienceException `request.too_many` while the identifier is locked for this caller
   */
  admit(kind: AttemptKind, identifierHash: string | undefined, { ip }: Caller): LockKey | null {
    if (!this.enabled || identifierHash === undefined || ip === undefined) return null;
    const key = keyOf(kind, identifierHash, ip);
    this.refuse(key);
    return { kind, key };
  }

  /** Counts a failure; other errors are none. */
  async count({ kind, key }: LockKey, error: unknown): Promise<void> {
    const failed = error instanceof ExperienceException && POLICY[kind].failures.includes(error.code);
    if (failed) await this.fail(key, POLICY[kind]);
  }

  /** Other servers may have counted failures: the store is told with the next poll, all successes at once. */
  forget({ key }: LockKey): void {
    this.failures.delete(key);
    this.lockedUntil.delete(key);
    if (this.succeeded.size < MOST_SUCCESSES) this.succeeded.add(key);
  }

  private refuse(key: string): void {
    const msLeft = (this.lockedUntil.get(key) ?? 0) - performance.now();
    if (msLeft > 0) throw tooManyRequests(msLeft, 'locked after failures in a row');
  }

  private async fail(key: string, policy: LockPolicy): Promise<void> {
    this.succeeded.delete(key);
    const here = (this.failures.get(key) ?? 0) + 1;
    const answer = this.access.isResting
      ? null
      : await this.access.within(this.access.store.fail(key, policy));
    this.failures.set(key, answer?.failures ?? here);
    const msLocked = answer?.msLocked ?? msLockedAfter(here, policy);
    if (msLocked > 0) this.lockedUntil.set(key, performance.now() + msLocked);
  }

  /** Tells the store what succeeded here, and learns what other servers have locked: by itself, each second. */
  async poll(): Promise<void> {
    const cleared = [...this.succeeded];
    this.succeeded.clear();
    const asked = performance.now();
    const locks = await this.access.within(this.exchange(cleared), BACKGROUND_PATIENCE);
    for (const { key, msLeft } of locks ?? []) this.lockedUntil.set(key, asked + msLeft);
  }

  private async exchange(cleared: string[]) {
    if (cleared.length > 0) await this.access.store.clear(cleared);
    return this.access.store.locks();
  }
}

const keyOf = (kind: AttemptKind, identifierHash: string, address: string): string =>
  sharedKey(`${kind} ${identifierHash} ${networkOf(address)}`);

const msLockedAfter = (failures: number, { threshold, longest }: LockPolicy): number =>
  failures < threshold ? 0 : 1000 * Math.min(longest, 2 ** (failures - threshold));
