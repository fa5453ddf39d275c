import { applyDecorators } from '@nestjs/common';
import { ApiQuery } from '@nestjs/swagger';
import { ExperienceException } from '../errors/experience.exception';
import { isUuid } from '../webauthn/webauthn-types';

const PAGE_SIZE = 50;
const MAX_PAGE_SIZE = 200;

export const ApiPaging = () =>
  applyDecorators(
    ApiQuery({ name: 'cursor', required: false, description: '`nextCursor` of the page before.' }),
    ApiQuery({
      name: 'limit',
      required: false,
      schema: { type: 'integer', minimum: 1, maximum: MAX_PAGE_SIZE, default: PAGE_SIZE },
    }),
  );

/** @throws ExperienceException `guard.invalid_input` for a cursor or limit that can't be one */
export function readPaging(cursor?: string, limit?: string): { cursor?: string; limit: number } {
  const size = limit === undefined ? PAGE_SIZE : Number(limit);
  const data: Record<string, string[]> = {};
  if (!Number.isInteger(size) || size < 1 || size > MAX_PAGE_SIZE)
    data['limit'] = [`must be 1 to ${MAX_PAGE_SIZE}`];
  if (cursor !== undefined && !isUuid(cursor)) data['cursor'] = ['must be a nextCursor of an earlier page'];
  if (Object.keys(data).length > 0) throw new ExperienceException('guard.invalid_input', { data });
  return { cursor, limit: size };
}

/** The cursor of the page after this one, of which one row more than `limit` was read. */
export const nextCursorOf = (rows: { id: string }[], limit: number): string | null =>
  rows.length > limit ? (rows[limit - 1]?.id ?? null) : null;
