import { isUtf8 } from 'node:buffer';
import { ExperienceException } from 'nestjs-passkey-sign-in';
import type { FastifyInstance } from 'fastify';

/** Codings would let a small body be a large one (RFC 9110, section 8.4). */
const CODED = { data: { 'Content-Encoding': ['must be left out'] } };

const NOT_UTF8 = { data: { body: ['must be UTF-8'] } };

/** Bytes; an attestation with its certificates fits. */
export const BODY_LIMIT = 64 * 1024;

/**
 * Takes JSON bodies and no others: forms and plain text, which pages elsewhere could send, and compressed ones are refused
 * (415), and bytes that are no UTF-8 (RFC 8259, section 8.1) too, in whose place there would be others.
 */
export function acceptJsonOnly(server: FastifyInstance): void {
  server.addHook('onRequest', ({ headers }, reply, done) => {
    const isPlain = /^(identity)?$/i.test(headers['content-encoding'] ?? '');
    if (!isPlain) reply.header('accept-encoding', 'identity');
    done(isPlain ? undefined : new ExperienceException('request.unsupported_media_type', CODED));
  });
  const parse = server.getDefaultJsonParser('remove', 'remove');
  server.removeAllContentTypeParsers();
  server.addContentTypeParser('application/json', { parseAs: 'buffer' }, (request, body, done) => {
    const bytes = body as Buffer;
    if (bytes.length === 0) done(null, undefined);
    else if (!isUtf8(bytes)) done(new ExperienceException('guard.invalid_input', NOT_UTF8));
    else void parse(request, bytes.toString('utf8'), done);
  });
  server.addContentTypeParser('*', ({ headers }, payload, done) => {
    const accept = () => {
      done(null, undefined);
    };
    const refuse = () => {
      payload.off('end', accept);
      done(new ExperienceException('request.unsupported_media_type'));
    };
    if (headers['content-type'] !== undefined) refuse();
    // Of no type may be what is empty: a proxy passes such a body of HTTP/2 on in chunks, and its end alone tells.
    else payload.once('end', accept).once('data', refuse);
  });
}
