import { Logger } from '@nestjs/common';
import {
  type AuditEvent,
  type AuditEventType,
  type AuditService,
  callerOf,
  type Exchange,
  isDatabaseUnavailable,
  type RpId,
  type UserId,
} from 'nestjs-passkey-sign-in';
import type { default as Provider, KoaContextWithOIDC } from 'oidc-provider';
import { tellOfDatabase } from './without-database';

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

interface GrantError extends Error {
  error_description?: string;
  error_detail?: string;
}

/** What a request asked for, never with a token in it. */
const eventOf = (type: AuditEventType, rpId: RpId, { oidc }: KoaContextWithOIDC, error?: GrantError) => {
  const grantType = text(oidc.params?.['grant_type']);
  return {
    ...{ type, rpId, userId: (oidc.account?.accountId ?? null) as UserId | null },
    details: {
      ...(oidc.client && { application: oidc.client.clientId }),
      ...(grantType !== undefined && { grantType: grantType.slice(0, 64) }),
      ...(error && {
        code: error.message,
        reason: [error.error_description, error.error_detail].filter(Boolean).join(': ').slice(0, 500),
      }),
    },
  };
};

/** Of tokens that are about to be given. */
export const issuedEvent = (
  rpId: RpId,
  audit: AuditService,
  ctx: KoaContextWithOIDC,
  exchange: Exchange | undefined,
): AuditEvent =>
  audit.prepare(eventOf('token.issued', rpId, ctx), exchange ? callerOf(exchange.request) : {});

/** Records what applications were refused; of who asks for more and more, not each. */
export function recordRefusals(
  provider: Provider,
  rpId: RpId,
  audit: AuditService,
  exchangeOf: (ctx: KoaContextWithOIDC) => Exchange | undefined,
  isRecorded: (isOfClient: boolean, exchange: Exchange) => Promise<boolean>,
): void {
  const logger = new Logger('OpenIdProvider');
  const record = (type: AuditEventType, ctx: KoaContextWithOIDC, error?: GrantError) => {
    const exchange = exchangeOf(ctx);
    const event = eventOf(type, rpId, ctx, error);
    const write = async () => {
      if (error && exchange && !(await isRecorded(error.message === 'invalid_client', exchange))) return;
      await audit.record(event, exchange ? callerOf(exchange.request) : {});
    };
    write().catch((cause: unknown) => {
      logger.error({
        event: type,
        ...event.details,
        problem: 'the audit event was not recorded',
        cause: String(cause),
      });
    });
  };
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
