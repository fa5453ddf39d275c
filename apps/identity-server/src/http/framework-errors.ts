import type { Socket } from 'node:net';
import type { FastifyReply, FastifyRequest } from 'fastify';
import type { ResponseHeaders } from './response-headers';
import { type ErrorBody, type ErrorCode, ERRORS } from '@passkey/experience-verification';

const errorBody = (code: ErrorCode): ErrorBody => ({ code, message: ERRORS[code].message });

/** Errors that come before routing, and so before any hook, such as a path that can't be decoded. */
export const answerFrameworkError =
  (headers: ResponseHeaders) =>
  (_error: unknown, request: FastifyRequest, reply: FastifyReply): void => {
    headers.set(request, reply);
    reply.raw.setHeader('cache-control', 'no-store');
    void reply.status(ERRORS['guard.invalid_input'].status).send(errorBody('guard.invalid_input'));
  };

/** Errors that come before there is a request: bytes that are no HTTP, or headers that never end. */
export function answerBrokenRequest(error: { code: string }, socket: Socket): void {
  if (error.code === 'ECONNRESET' || !socket.writable) return;
  const body = JSON.stringify(errorBody('guard.invalid_input'));
  socket.write(
    `HTTP/1.1 400 Bad Request\r\nContent-Type: application/json\r\nContent-Length: ${body.length}\r\nConnection: close\r\n\r\n${body}`,
  );
  // Whoever stalls does not close the connection either.
  socket.destroySoon();
}
