import type { FastifyInstance } from 'fastify';

/** Bytes; an attestation with its certificates fits. */
export const BODY_LIMIT = 64 * 1024;

/** Takes JSON bodies and no others: forms and plain text, which pages elsewhere could send, are refused (415). */
export function acceptJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('remove', 'remove');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'string' }, (request, body, done) => {
    if (body === '') done(null, undefined);
    else void parse(request, body as string, done);
  });
}
