import { createHash, timingSafeEqual } from 'node:crypto';
import { type CanActivate, type ExecutionContext, Inject, Injectable } from '@nestjs/common';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { HttpRequest } from '../ports/http-exchange';

const hash = (text: string) => createHash('sha256').update(text).digest();

/** Lets callers of the management API pass by their bearer token (RFC 6750), compared in constant time. */
@Injectable()
export class ManagementTokenGuard implements CanActivate {
  private readonly expected: Buffer | null;

  constructor(@Inject(MODULE_OPTIONS) { managementApiToken }: ResolvedOptions) {
    this.expected = managementApiToken ? hash(managementApiToken) : null;
  }

  canActivate(context: ExecutionContext): boolean {
    const { authorization } = context.switchToHttp().getRequest<HttpRequest>().headers;
    const token = /^Bearer +(\S+)$/i.exec(authorization ?? '')?.[1];
    if (this.expected && token && timingSafeEqual(this.expected, hash(token))) return true;
    throw new ExperienceException('auth.unauthorized');
  }
}
