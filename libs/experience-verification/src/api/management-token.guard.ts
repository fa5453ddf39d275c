import {
  applyDecorators,
  type CanActivate,
  type ExecutionContext,
  Inject,
  Injectable,
  SetMetadata,
  UseGuards,
} from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { ApiBearerAuth, ApiCookieAuth } from '@nestjs/swagger';
import type { ErrorCode } from '../errors/error-catalog';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { type HttpRequest, MANAGER } from '../ports/http-exchange';
import { Administrators } from './administrators';
import { findToken, tokenIn } from './bearer-tokens';
import { exchangeOf } from './exchanges.service';
import { ManagementRefusals } from './management-refusals';
import { SAFE_METHODS } from './origin.guard';
import type { RpId, UserId } from '../webauthn/webauthn-types';
import type { ManagementScope, ManagementToken } from './management-token';

const SCOPE = Symbol('management scope');

/**
 * Lets callers of the management API pass by their bearer token (RFC 6750), compared in constant time; without one, those
 * who are signed in as an administrator.
 */
@Injectable()
export class ManagementTokenGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly refusals: ManagementRefusals,
    private readonly administrators: Administrators,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<HttpRequest & { method: string }>();
    const shown = tokenIn(request.headers.authorization);
    if (shown === undefined) {
      const administrator = await this.admit(context, request);
      request[MANAGER] = { administrator };
      return true;
    }
    const token = findToken(this.options.managementTokens, shown);
    const { relyingParty } = exchangeOf(context);
    if (!token) {
      const error = new ExperienceException('auth.unauthorized', { reason: 'no such management token' });
      throw await this.refusals.of(error, relyingParty.id, request);
    }
    request[MANAGER] = { token: token.name };
    const scope = this.reflector.get<ManagementScope>(SCOPE, context.getHandler());
    const problem = whyNot(token, scope, relyingParty.id);
    if (problem === null) return true;
    const error = new ExperienceException('auth.forbidden', { reason: problem });
    throw await this.refusals.of(error, relyingParty.id, request);
  }

  private async admit(context: ExecutionContext, request: HttpRequest & { method: string }): Promise<UserId> {
    const exchange = exchangeOf(context);
    try {
      return await this.administrators.admit(exchange, !SAFE_METHODS.has(request.method));
    } catch (error) {
      const isForbidden = error instanceof ExperienceException && error.code === 'auth.forbidden';
      throw isForbidden ? await this.refusals.of(error, exchange.relyingParty.id, request) : error;
    }
  }
}

function whyNot({ scopes, relyingParties }: ManagementToken, scope: ManagementScope, rpId: RpId) {
  if (!scopes.includes(scope)) return `the token has no scope ${scope}`;
  return (relyingParties ?? [rpId]).includes(rpId) ? null : `the token is not for ${rpId}`;
}

/** A handler of the management API, for whose token has the scope, and for administrators. */
export const Management = (scope: ManagementScope) =>
  applyDecorators(
    SetMetadata(SCOPE, scope),
    UseGuards(ManagementTokenGuard),
    ApiBearerAuth('management'),
    ApiCookieAuth('session'),
  );

/** What every operation of the management API may answer. */
export const MANAGEMENT_ERRORS: ErrorCode[] = [
  'auth.unauthorized',
  'auth.forbidden',
  'session.account_mismatch',
  'session.passkey_required',
  'session.verification_required',
  'request.too_many',
];
