import { OnEvent } from '@nestjs/event-emitter';
import type { AuditEvent, AuditEventType } from './audit-event';

/**
 * Has the method called after each event of these types: `@OnEvent` of @nestjs/event-emitter, whose names and event the
 * compiler knows. The host imports `EventEmitterModule.forRoot()`.
 * @example @OnAuditEvent('passkey.added', 'passkey.deleted') changed({ userId, type }: AuditEvent) {}
 */
export const OnAuditEvent =
  <T extends AuditEventType>(...types: T[]) =>
  (
    target: object,
    name: string | symbol,
    descriptor: TypedPropertyDescriptor<(event: AuditEvent<T>) => unknown>,
  ): void => {
    for (const type of types) OnEvent(type)(target, name, descriptor);
  };
