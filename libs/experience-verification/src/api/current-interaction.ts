import type { Exchange } from '../ports/exchange';
import type { InteractionProvider } from '../ports/interaction.port';
import type { InteractionId } from '../webauthn/webauthn-types';

type Answer = InteractionId | null | Promise<InteractionId | null>;

const answers = new WeakMap<Exchange, Answer>();

/**
 * The id of the interaction that the browser is in as its request comes, or null. The port is asked once a request, whoever
 * wants to know: guards, parameters, and what handlers call.
 */
export function currentInteraction(exchange: Exchange, interactions: InteractionProvider): Answer {
  const known = answers.get(exchange);
  if (known !== undefined) return known;
  const answer = interactions.current(exchange);
  answers.set(exchange, answer);
  return answer;
}

/** The same, but begins one where there is none. */
export async function currentOrNewInteraction(
  exchange: Exchange,
  interactions: InteractionProvider,
): Promise<InteractionId> {
  return (await currentInteraction(exchange, interactions)) ?? interactions.currentOrNew(exchange);
}
