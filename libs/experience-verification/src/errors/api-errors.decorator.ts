import { applyDecorators } from '@nestjs/common';
import { ApiExtraModels, ApiResponse, getSchemaPath } from '@nestjs/swagger';
import { ERRORS, type ErrorCode } from './error-catalog';
import { ErrorBodyDto } from './error-body.dto';

/** Errors that any operation with a body can answer. */
const ANY_OPERATION: ErrorCode[] = ['server.internal_error', 'database.unavailable'];

const EXAMPLE_DATA: Partial<Record<ErrorCode, unknown>> = {
  'guard.invalid_input': { 'identifier.type': ['must be one of username, email, phone'] },
};

/**
 * Documents the errors an operation can answer: one response a status, an example a code.
 * @param lead text put before the codes of a status, where the contract fixes the description
 */
export function ApiErrors(codes: ErrorCode[], lead: Partial<Record<number, string>> = {}) {
  const byStatus = new Map<number, ErrorCode[]>();
  for (const code of [...codes, ...ANY_OPERATION]) {
    const { status } = ERRORS[code];
    byStatus.set(status, [...(byStatus.get(status) ?? []), code]);
  }
  return applyDecorators(
    ApiExtraModels(ErrorBodyDto),
    ...[...byStatus].map(([status, codesOfStatus]) =>
      ApiResponse({
        status,
        description: [lead[status], ...codesOfStatus.map((code) => `\`${code}\`: ${ERRORS[code].when}`)]
          .filter(Boolean)
          .join('\n\n'),
        ...((status === 503 || status === 429) && {
          headers: { 'Retry-After': { description: 'Seconds to wait.', schema: { type: 'integer' } } },
        }),
        content: {
          'application/json': {
            schema: { $ref: getSchemaPath(ErrorBodyDto) },
            examples: Object.fromEntries(
              codesOfStatus.map((code) => [
                code,
                {
                  value: {
                    code,
                    message: ERRORS[code].message,
                    ...(EXAMPLE_DATA[code] !== undefined && { data: EXAMPLE_DATA[code] }),
                  },
                },
              ]),
            ),
          },
        },
      }),
    ),
  );
}

/** What a JSON body adds to the errors of an operation. */
export const BODY_ERRORS: ErrorCode[] = [
  'guard.invalid_input',
  'request.cross_origin',
  'request.body_too_large',
  'request.unsupported_media_type',
];

/** The same, of an operation that is limited. */
export const LIMITED_ERRORS: ErrorCode[] = [...BODY_ERRORS, 'request.too_many'];

/** Of an operation that creates an account for somebody. */
export const SIGN_UP_ERRORS: ErrorCode[] = [
  'sign_up.closed',
  'sign_up.invitation_required',
  'invitation.not_found',
];
