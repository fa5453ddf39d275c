import type { IncomingMessage } from 'node:http';
import type { FastifyInstance } from 'fastify';

/** How long a client that closes the connection may send on before it is answered. Milliseconds. */
const PATIENCE_MS = 5_000;

/**
 * Answers that come before the body was read, such as 413, reach clients that are still sending it: a connection that is
 * closed on unread bytes is reset, and the answer is lost with it. So the rest is read and dropped, within the time that a
 * request has; who closes the connection after the answer gets it once the body is there.
 */
export function letBodiesEnd(server: FastifyInstance): void {
  server.addHook('onSend', (request, reply, _payload, done) => {
    const { raw } = request;
    if (raw.complete || !announcesBody(raw)) {
      done();
      return;
    }
    // Fastify would close it.
    reply.removeHeader('connection');
    raw.resume();
    if (reply.raw.shouldKeepAlive) done();
    else whenRead(raw, done);
  });
}

const announcesBody = ({ headers }: IncomingMessage): boolean =>
  headers['transfer-encoding'] !== undefined || Number(headers['content-length'] ?? 0) > 0;

function whenRead(raw: IncomingMessage, done: () => void): void {
  const goOn = () => {
    clearTimeout(timer);
    raw.off('end', goOn).off('close', goOn);
    done();
  };
  const timer = setTimeout(goOn, PATIENCE_MS);
  raw.on('end', goOn).on('close', goOn);
}
