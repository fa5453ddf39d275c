import { type CanActivate, type ExecutionContext, Injectable } from '@nestjs/common';
import { ExperienceException } from '../errors/experience.exception';
import { exchangeOf } from './exchanges.service';
import type { HttpRequest } from '../ports/http-exchange';

export const SAFE_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

/**
 * Refuses state-changing requests that a browser sends from a page outside the relying party's origins
 * (cross-site request forgery). Without an Origin header the caller is no browser page, and passes, unless the browser
 * itself says that the page is elsewhere (Sec-Fetch-Site, Fetch Metadata).
 */
@Injectable()
export class OriginGuard implements CanActivate {
  canActivate(context: ExecutionContext): boolean {
    const request = context.switchToHttp().getRequest<HttpRequest & { method: string }>();
    if (SAFE_METHODS.has(request.method)) return true;
    const { origin } = request.headers;
    if (origin === undefined) {
      if (request.headers['sec-fetch-site'] !== 'cross-site') return true;
      throw new ExperienceException('request.cross_origin', { reason: 'Sec-Fetch-Site: cross-site' });
    }
    const { origins } = exchangeOf(context).relyingParty;
    if (origins.includes(origin)) return true;
    throw new ExperienceException('request.cross_origin', {
      reason: `origin ${origin} is not one of ${origins.join(', ')}`,
    });
  }
}
