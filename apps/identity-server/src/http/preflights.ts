import { ExperienceException } from 'nestjs-passkey-sign-in';
import type { FastifyInstance, FastifyRequest } from 'fastify';

/** What makes OPTIONS a preflight (Fetch, section 3.3.3). */
const HEADERS = ['origin', 'access-control-request-method'] as const;

/** For @fastify/cors, which sets the headers of preflights, and would answer in plain text what is none. */
export const ANSWERED_HERE = { preflightContinue: true, strictPreflight: false };

/** Answers preflights, and refuses other OPTIONS. */
/** @param isAnsweredElsewhere whether a path is another's */
export function answerPreflights(
  server: FastifyInstance,
  isAnsweredElsewhere: (request: FastifyRequest) => boolean,
): void {
  server.addHook('onRequest', (request, reply, done) => {
    const { method, headers } = request;
    if (method !== 'OPTIONS' || isAnsweredElsewhere(request)) {
      done();
      return;
    }
    const missing = HEADERS.filter((name) => !headers[name]);
    const data = Object.fromEntries(missing.map((name) => [name, ['is missing']]));
    if (missing.length > 0) done(new ExperienceException('guard.invalid_input', { data }));
    // Safari waits for a body otherwise.
    else void reply.status(204).header('content-length', '0').send();
  });
}
