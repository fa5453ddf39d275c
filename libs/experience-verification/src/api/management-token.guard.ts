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
import { ApiBearerAuth } from '@nestjs/swagger';
import type { ErrorCode } from '../errors/error-catalog';
import { ExperienceException } from '../errors/experience.exception';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { type HttpRequest, MANAGER } from '../ports/http-exchange';
import { findToken, tokenIn } from './bearer-tokens';
import { exchangeOf } from './exchanges.service';
import { ManagementRefusals } from './management-refusals';
import type { RpId } from '../webauthn/webauthn-types';
import type { ManagementScope, ManagementToken } from './management-token';

const SCOPE = Symbol('management scope');

/** Lets callers of the management API pass by their bearer token (RFC 6750), compared in constant time. */
@Injectable()
export class ManagementTokenGuard implements CanActivate {
  constructor(
    private readonly reflector: Reflector,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly refusals: ManagementRefusals,
  ) {}

  async canActivate(context: ExecutionContext): Promise<boolean> {
    const request = context.switchToHttp().getRequest<HttpRequest>();
    const shown = tokenIn(request.headers.authorization);
    if (shown === undefined) throw new ExperienceException('auth.unauthorized');
    const token = findToken(this.options.managementTokens, shown);
    const { relyingParty } = exchangeOf(context);
    if (!token) {
      const error = new ExperienceException('auth.unauthorized', { reason: 'no such management token' });
      throw await this.refusals.of(error, relyingParty.id, request);
    }
    request[MANAGER] = token.name;
    const scope = this.reflector.get<ManagementScope>(SCOPE, context.getHandler());
    const problem = whyNot(token, scope, relyingParty.id);
    if (problem === null) return true;
    const error = new ExperienceException('auth.forbidden', { reason: problem });
    throw await this.refusals.of(error, relyingParty.id, request);
  }
}

function whyNot({ scopes, relyingParties }: ManagementToken, scope: ManagementScope, rpId: RpId) {
  if (!scopes.includes(scope)) return `the token has no scope ${scope}`;
  return (relyingParties ?? [rpId]).includes(rpId) ? null : `the token is not for ${rpId}`;
}

/** A handler of the management API, for whose token has the scope. */
export const Management = (scope: ManagementScope) =>
  applyDecorators(SetMetadata(SCOPE, scope), UseGuards(ManagementTokenGuard), ApiBearerAuth('management'));

/** What every operation of the management API may answer. */
export const MANAGEMENT_ERRORS: ErrorCode[] = ['auth.unauthorized', 'auth.forbidden', 'request.too_many'];
