import { isUtf8 } from 'node:buffer';
import { ExperienceException } from '@passkey/experience-verification';
import type { FastifyInstance } from 'fastify';

const NOT_UTF8 = { data: { body: ['must be UTF-8'] } };

/** Bytes; an attestation with its certificates fits. */
export const BODY_LIMIT = 64 * 1024;

/**
 * Takes JSON bodies and no others: forms and plain text, which pages elsewhere could send, are refused (415), and bytes
 * that are no UTF-8 (RFC 8259, section 8.1) too, in whose place there would be others.
 */
export function acceptJsonOnly(server: FastifyInstance): void {
  const parse = server.getDefaultJsonParser('remove', 'remove');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    if (bytes.length === 0) done(null, undefined);
    else if (!isUtf8(bytes)) done(new ExperienceException('guard.invalid_input', NOT_UTF8));
    else void parse(request, bytes.toString('utf8'), done);
  });
}
