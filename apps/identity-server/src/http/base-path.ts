import type { FastifyInstance } from 'fastify';
import { ExperienceException } from 'nestjs-passkey-sign-in';

/** Fixed by standards, or asked for by who asks each server rather than the proxy. */
const AT_THE_ROOT_TOO = /^\/(\.well-known|health|metrics)(\/|\?|$)/;

const isWithin = (url: string, basePath: string): boolean => url.startsWith(`${basePath}/`);

/** The address that routes are found by. */
export const withoutBasePath = (url: string, basePath: string): string =>
  isWithin(url, basePath) ? url.slice(basePath.length) : url;

/** Leads from `/auth` to `/auth/`, against which pages resolve what they load, and answers 404 beside it. */
export function keepToBasePath(server: FastifyInstance, basePath: string): void {
  server.addHook('onRequest', (request, reply, done) => {
    const { originalUrl } = request;
    const [path, ...query] = originalUrl.split('?');
    if (isWithin(originalUrl, basePath) || AT_THE_ROOT_TOO.test(originalUrl)) done();
    else if (path !== basePath) done(new ExperienceException('request.not_found'));
    else void reply.redirect([`${basePath}/`, ...query].join('?'), 308);
  });
}
