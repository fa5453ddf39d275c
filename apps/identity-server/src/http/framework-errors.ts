import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ResponseHeaders } from './response-headers';
import { type ErrorBody, type ErrorCode, ERRORS } from 'nestjs-passkey-sign-in';

const errorBody = (code: ErrorCode): ErrorBody => ({ code, message: ERRORS[code].message });

/** Errors that come before routing, and so before any hook, such as a path that can't be decoded. */
export const answerFrameworkError =
  (headers: ResponseHeaders) =>
  (_error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    headers.set(request, reply);
    reply.raw.setHeader('cache-control', 'no-store');
    void reply.status(ERRORS['guard.invalid_input'].status).send(errorBody('guard.invalid_input'));
  };

/** How long who sends what is no request may send on. Milliseconds. */
const PATIENCE_MS = 2_000;

/** What a person sees whose browser sends so many cookies that no page can be had. */
const TOO_MANY_COOKIES = `<!doctype html><html lang="en"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<title>Too many cookies</title><h1>Your browser sends too many cookies</h1>
<p>Delete the cookies of this site in the settings of your browser, then open this page again. Your passkeys stay.</p></html>`;

/** Errors that come before there is a request: bytes that are no HTTP, or headers that never end, or are too many. */
export function answerBrokenRequest(error: { code: string; rawPacket?: unknown }, socket: Socket): void {
  // Whatever follows is dropped here, each time as another error.
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const code = error.code === 'HPE_HEADER_OVERFLOW' ? 'request.headers_too_large' : 'guard.invalid_input';
  const { status } = ERRORS[code];
  const isPage = status === 431 && isNavigation(error.rawPacket);
  const body = isPage ? TOO_MANY_COOKIES : JSON.stringify(errorBody(code));
  const type = isPage ? 'text/html; charset=utf-8' : 'application/json';
  socket.end(
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\nContent-Type: ${type}\r\nContent-Length: ${Buffer.byteLength(body)}\r\nCache-Control: no-store\r\nX-Content-Type-Options: nosniff\r\nConnection: close\r\n\r\n${body}`,
  );
  // Who is still sending would lose the answer with the connection, and who stalls does not close it either.
  const timer = setTimeout(() => socket.destroy(), PATIENCE_MS);
  socket
    .once('end', () => socket.destroy())
    .once('close', () => {
      clearTimeout(timer);
    });
}

/** Of what has come before it was too much: a page is opened, and the API is not called. */
const isNavigation = (packet: unknown): boolean =>
  /^GET (?!\/api\/)[^\r]*\r\n[^]*^accept:[^\r]*text\/html/im.test(
    Buffer.isBuffer(packet) ? packet.toString('latin1') : '',
  );
