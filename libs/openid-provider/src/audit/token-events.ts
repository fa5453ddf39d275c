import { Logger } from '@nestjs/common';
import {
  type AuditEventType,
  type AuditService,
  callerOf,
  type Exchange,
  isDatabaseUnavailable,
  type RpId,
  type UserId,
} from 'nestjs-passkey-sign-in';
import type { default as Provider, KoaContextWithOIDC } from 'oidc-provider';
import { tellOfDatabase } from '../provider/without-database';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

/** Records what was given to applications and what was refused, never with a token in it; of who guesses secrets, not each. */
export function recordTokens(
  provider: Provider,
  rpId: RpId,
  audit: AuditService,
  exchangeOf: (ctx: KoaContextWithOIDC) => Exchange | undefined,
  isGuessing: (exchange: Exchange) => boolean,
): void {
  const logger = new Logger('OpenIdProvider');
  const record = (
    type: AuditEventType,
    ctx: KoaContextWithOIDC,
    error?: Error & { error_description?: string; error_detail?: string },
  ) => {
    const exchange = exchangeOf(ctx);
    if (error?.message === 'invalid_client' && exchange && isGuessing(exchange)) return;
    const { oidc } = ctx;
    const userId = (oidc.account?.accountId ?? null) as UserId | null;
    const grantType = text(oidc.params?.['grant_type']);
    const details = {
      ...(oidc.client && { application: oidc.client.clientId }),
      ...(grantType !== undefined && { grantType: grantType.slice(0, 64) }),
      ...(error && {
        code: error.message,
        reason: [error.error_description, error.error_detail].filter(Boolean).join(': ').slice(0, 500),
      }),
    };
    audit
      .record({ type, rpId, userId, details }, exchange ? callerOf(exchange.request) : {})
      .catch((cause: unknown) => {
        logger.error({
          event: type,
          ...details,
          problem: 'the audit event was not recorded',
          cause: String(cause),
        });
      });
  };
  provider.on('grant.success', (ctx) => {
    record('token.issued', ctx);
  });
  provider.on('grant.error', (ctx, error) => {
    record('token.refused', ctx, error);
  });
  provider.on('grant.revoked', (ctx) => {
    record('token.revoked', ctx);
  });
  provider.on('authorization.error', (ctx, error) => {
    record('authorization.refused', ctx, error);
  });
  provider.on('server_error', (ctx, error) => {
    if (isDatabaseUnavailable(error)) {
      tellOfDatabase(error, ctx);
      return;
    }
    const requestId = String(ctx.res.getHeader('x-request-id') ?? '');
    logger.error({ problem: error.message, stack: error.stack, path: ctx.path, requestId });
  });
}
