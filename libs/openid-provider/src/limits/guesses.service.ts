import { Inject, Injectable } from '@nestjs/common';
import {
  callerOf,
  type Exchange,
  ExperienceException,
  LimitEvents,
  MODULE_OPTIONS,
  networkOf,
  type Rate,
  RateLimits,
  type ResolvedOptions,
} from 'nestjs-passkey-sign-in';
import type { default as Provider, KoaContextWithOIDC } from 'oidc-provider';
import type { ProviderPages } from '../pages/provider-pages';

/** From one address in `WINDOW`. */
const LIMITS = { 'client secrets': 20, 'user codes': 20, requests: 60 };
/** Milliseconds. */
const WINDOW = 60_000;

type Kind = keyof typeof LIMITS;
type ExchangeOf = (ctx: KoaContextWithOIDC) => Exchange | undefined;

const isInvalidClient = (body: unknown): body is object =>
  (body as { error?: unknown } | null)?.error === 'invalid_client';

/**
 * How many wrong client secrets and user codes one address may show. Who shows a right secret is never kept waiting: it can't be
 * guessed, and others may have the same address. A user code is short, and after too many wrong ones none is looked at.
 */
@Injectable()
export class Guesses {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly rates: RateLimits,
    private readonly limitEvents: LimitEvents,
  ) {}

  limit(provider: Provider, { renderError }: ProviderPages, exchangeOf: ExchangeOf): void {
    provider.use(async (ctx: KoaContextWithOIDC, next: () => Promise<void>) => {
      const exchange = exchangeOf(ctx);
      const isUserCode = ctx.method === 'POST' && ctx.path === '/device';
      const refusal = isUserCode && exchange ? this.refusal('user codes', exchange) : null;
      if (exchange && refusal !== null) {
        await this.refuse(ctx, exchange, refusal);
        renderError(ctx, { error: 'slow_down' });
        return;
      }
      await next();
      if (!exchange) return;
      if (isUserCode && !ctx.oidc.entities.DeviceCode)
        await this.count('user codes', exchange).catch(() => undefined);
      if (!isInvalidClient(ctx.body)) return;
      const { body } = ctx;
      await this.count('client secrets', exchange).catch(async (error: unknown) => {
        await this.refuse(ctx, exchange, error);
        ctx.body = { ...body, error_description: 'too many were wrong: try again later' };
      });
    });
  }

  /** Whether a request that was refused is recorded: anybody can make such, and there were not too many yet of its address. */
  async isRecorded(isOfClient: boolean, exchange: Exchange): Promise<boolean> {
    if (isOfClient && this.refusal('client secrets', exchange) !== null) return false;
    try {
      await this.count('requests', exchange);
      return true;
    } catch (error) {
      if (!(error instanceof ExperienceException)) throw error;
      await this.limitEvents.record(error, exchange.relyingParty.id, callerOf(exchange.request));
      return false;
    }
  }

  private refusal(kind: Kind, exchange: Exchange): unknown {
    const rate = this.rateOf(kind, exchange);
    try {
      if (rate) this.rates.refuseFull(rate);
      return null;
    } catch (error) {
      return error;
    }
  }

  private async count(kind: Kind, exchange: Exchange): Promise<void> {
    const rate = this.rateOf(kind, exchange);
    if (rate) await this.rates.admit([rate]);
  }

  private rateOf(kind: Kind, { request: { ip } }: Exchange): Rate | null {
    if (this.options.limits === null || ip === undefined) return null;
    return { key: `wrong ${kind} ${networkOf(ip)}`, limit: LIMITS[kind], window: WINDOW };
  }

  private async refuse(
    ctx: KoaContextWithOIDC,
    { request, relyingParty }: Exchange,
    error: unknown,
  ): Promise<void> {
    if (!(error instanceof ExperienceException)) throw error;
    ctx.status = error.getStatus();
    ctx.set('retry-after', String(error.details.retryAfter));
    await this.limitEvents.record(error, relyingParty.id, callerOf(request));
  }
}
