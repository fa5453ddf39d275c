import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { ExperienceException } from '../errors/experience.exception';
import { hasCalendarDay } from '../validation/calendar-day';
import { isUuid, type UserId } from '../webauthn/webauthn-types';
import { AUDIT_EVENTS, AUDIT_OUTCOMES, type AuditEventType, type AuditOutcome, typesOf } from './audit-event';

/** Which events are meant. */
export interface AuditFilter {
  userId?: UserId;
  /** Of one of these types. */
  types?: AuditEventType[];
  since?: Date;
  until?: Date;
}

/** The query of a request; what is there twice is an array. */
export type AuditFilterQuery = Partial<
  Record<'userId' | 'type' | 'outcome' | 'since' | 'until' | 'cursor' | 'limit', string>
>;

const TIME = { type: 'string', format: 'date-time' };

export const ApiAuditFilter = () =>
  applyDecorators(
    ApiQuery({ name: 'userId', required: false, description: 'Of this user only.' }),
    ApiQuery({
      name: 'type',
      required: false,
      enum: Object.keys(AUDIT_EVENTS),
      description: 'Of this type only.',
    }),
    ApiQuery({
      name: 'outcome',
      required: false,
      enum: AUDIT_OUTCOMES,
      description: '`failure`: that somebody was refused something, only; `success`: what was done.',
    }),
    ApiQuery({ name: 'since', required: false, description: 'From this moment on.', schema: TIME }),
    ApiQuery({ name: 'until', required: false, description: 'Before this moment.', schema: TIME }),
  );

/** ISO 8601 with an offset. */
const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2}(\.\d+)?)?(Z|[+-]\d{2}:\d{2})$/;

const isMoment = (text: string): boolean =>
  MOMENT.test(text) && hasCalendarDay(text) && !Number.isNaN(Date.parse(text));

/** @throws ExperienceException `guard.invalid_input` */
export function readAuditFilter({ userId, type, outcome, since, until }: AuditFilterQuery): AuditFilter {
  const data: Record<string, string[]> = {};
  const must = (member: string, isRight: boolean, what: string) => {
    if (!isRight) data[member] = [`must be ${what}`];
  };
  must('userId', userId === undefined || isUuid(userId), 'the id of a user');
  must('type', type === undefined || Object.hasOwn(AUDIT_EVENTS, type), 'a known type');
  const outcomes: readonly string[] = AUDIT_OUTCOMES;
  must('outcome', outcome === undefined || outcomes.includes(outcome), `one of ${outcomes.join(', ')}`);
  must('since', since === undefined || isMoment(since), 'a time such as 2026-11-28T16:00:00Z');
  must('until', until === undefined || isMoment(until), 'a time such as 2026-11-28T16:00:00Z');
  if (Object.keys(data).length > 0) throw new ExperienceException('guard.invalid_input', { data });
  const ofOutcome = outcome === undefined ? undefined : typesOf(outcome as AuditOutcome);
  return {
    userId: userId as UserId | undefined,
    types: type === undefined ? ofOutcome : (ofOutcome ?? [type]).filter((one) => one === type),
    since: since === undefined ? undefined : new Date(since),
    until: until === undefined ? undefined : new Date(until),
  } as AuditFilter;
}
