import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { currentInteraction } from '../api/current-interaction';
import { exchangeOf } from '../api/exchanges.service';
import { callerOf, type HttpRequest } from '../ports/http-exchange';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import type { WithPhoneRegion } from '../identifiers/identifier.dto';
import { IDENTIFIER_TYPES, normaliseIdentifier } from '../identifiers/identifier';
import type { RelyingParty } from '../webauthn/relying-party';
import { LimitEvents } from './limit-events';
import { identifierHashOf, networkOf } from './limit-key';
import type { ResolvedLimits } from './limits.options';
import { type AttemptKind, Lockouts } from './lockouts.service';
import { type Rate, RateLimits } from './rate-limits.service';

const MINUTE = 60_000;

const HOUR = 60 * MINUTE;

const LIMITED = Symbol('limited');

/** What limits a handler besides. */
interface HandlerLimits {
  attempts?: AttemptKind;
  hourly?: number;
}

type LimitedRequest = HttpRequest & { body?: unknown };

/** Refuses callers who ask too often, before anything else is done for them: 429 `request.too_many`. */
@Injectable()
export class RateLimitGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    @Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider,
    private readonly rates: RateLimits,
    private readonly lockouts: Lockouts,
    private readonly events: LimitEvents,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const { limits } = this.options;
    if (limits === null) return true;
    const request = context.switchToHttp().getRequest<LimitedRequest>();
    try {
      await this.admit(context, request, limits);
      return true;
    } catch (error) {
      await this.events.record(error, exchangeOf(context).relyingParty.id, callerOf(request));
      throw error;
    }
  }

  private async admit(
    context: ExecutionContext,
    request: LimitedRequest,
    limits: ResolvedLimits,
  ): Promise<void> {
    const { attempts, hourly } = this.reflector.get<HandlerLimits>(LIMITED, context.getHandler());
    const exchange = exchangeOf(context);
    const identifierHash = hashOfIdentifierIn(request.body, exchange.relyingParty, this.options);
    // Read once: Fastify works it out from the proxies' headers each time.
    const { ip } = request;
    if (attempts && identifierHash !== null && ip !== undefined) {
      this.lockouts.refuseLocked(attempts, identifierHash, ip);
    }
    const interactionId = await currentInteraction(exchange, this.interactions);
    const rates = ratesOf(limits, ip, interactionId, identifierHash);
    if (hourly !== undefined && ip !== undefined) {
      const key = `${context.getHandler().name} ${networkOf(ip)}`;
      rates.push({ key, limit: hourly, window: HOUR });
    }
    await this.rates.admit(rates);
  }
}

/**
 * Limits a handler by address, by interaction, and by the identifier in its body together with the address.
 * @param attempts what failures lock it for that identifier
 * @param hourly how often an hour one address may call it, where a call leaves something that lives for long
 */
export const RateLimited = (attempts?: AttemptKind, hourly?: number) =>
  applyDecorators(SetMetadata(LIMITED, { attempts, hourly }), UseGuards(RateLimitGuard));

function ratesOf(
  { perAddress, perIdentifier, perInteraction }: ResolvedLimits,
  address: string | undefined,
  interactionId: Buffer | null,
  identifierHash: string | null,
): Rate[] {
  const rates: Rate[] = [];
  const network = address === undefined ? 'anywhere' : networkOf(address);
  if (address !== undefined) rates.push({ key: `address ${network}`, limit: perAddress, window: MINUTE });
  if (identifierHash !== null) {
    rates.push({ key: `identifier ${identifierHash} ${network}`, limit: perIdentifier, window: MINUTE });
  }
  if (interactionId) {
    const key = `interaction ${interactionId.toString('base64url')}`;
    rates.push({ key, limit: perInteraction, window: MINUTE });
  }
  return rates;
}

/** The body is not validated yet. An identifier that can't be one is refused later. */
function hashOfIdentifierIn(
  body: unknown,
  relyingParty: RelyingParty,
  { phoneRegion }: WithPhoneRegion,
): string | null {
  if (typeof body !== 'object' || body === null || !('identifier' in body)) return null;
  const { identifier } = body;
  if (typeof identifier !== 'object' || identifier === null) return null;
  const { type: name, value } = identifier as Record<string, unknown>;
  const type = IDENTIFIER_TYPES.find((known) => known === name);
  if (type === undefined || typeof value !== 'string' || value.length > 512) return null;
  const normalised = normaliseIdentifier(type, value, phoneRegion);
  return normalised && identifierHashOf(normalised, relyingParty);
}
