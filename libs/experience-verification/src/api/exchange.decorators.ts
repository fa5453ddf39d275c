import {
  createParamDecorator,
  type ExecutionContext,
  Inject,
  Injectable,
  type PipeTransform,
} from '@nestjs/common';
import { currentInteraction } from './current-interaction';
import { INTERACTION_PROVIDER, type InteractionProvider } from '../ports/interaction.port';
import type { RelyingParty as RelyingPartyOfPort } from '../webauthn/relying-party';
import type { InteractionId } from '../webauthn/webauthn-types';
import type { Exchange } from '../ports/exchange';
import { exchangeOf } from './exchanges.service';
import { type Caller as CallerOfRequest, callerOf, type HttpRequest } from '../ports/http-exchange';

/** The request and its response, as the ports take them. */
export const CurrentExchange = createParamDecorator((_: unknown, context: ExecutionContext): Exchange =>
  exchangeOf(context),
);

/** The relying party that the request belongs to. */
export const RelyingParty = createParamDecorator(
  (_: unknown, context: ExecutionContext): RelyingPartyOfPort => exchangeOf(context).relyingParty,
);
export type RelyingParty = RelyingPartyOfPort;

/** Who calls, for the audit events. */
export const Caller = createParamDecorator((_: unknown, context: ExecutionContext): CallerOfRequest =>
  callerOf(context.switchToHttp().getRequest<HttpRequest>()),
);
export type Caller = CallerOfRequest;

@Injectable()
class CurrentInteraction implements PipeTransform<Exchange> {
  constructor(@Inject(INTERACTION_PROVIDER) private readonly interactions: InteractionProvider) {}

  transform(exchange: Exchange): InteractionId | null | Promise<InteractionId | null> {
    return currentInteraction(exchange, this.interactions);
  }
}

/**
 * The id of the browser's interaction, or null. Where one is begun when there is none, the handler does so itself
 * (`currentOrNewInteraction`): not before its body and its caller have been found right.
 */
export const Interaction = () => CurrentExchange(CurrentInteraction);
