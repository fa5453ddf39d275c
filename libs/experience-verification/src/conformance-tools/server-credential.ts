import { createParamDecorator, type ExecutionContext } from '@nestjs/common';
import { ExperienceException } from '../errors/experience.exception';

/** The body, ServerPublicKeyCredential, as the ceremonies take it. Its members are looked at there. */
export const ServerCredential = createParamDecorator((_: unknown, context: ExecutionContext): object =>
  toPayload(context.switchToHttp().getRequest<{ body?: unknown }>().body),
);

/** The tools' JSON is that of Level 1: no `rawId`, another name of the extensions' results, and an empty user handle. */
function toPayload(body: unknown): object {
  if (typeof body !== 'object' || body === null) throw new ExperienceException('guard.invalid_input');
  const { getClientExtensionResults, ...credential } = body as Record<string, unknown>;
  const { response } = credential;
  const payload = {
    rawId: credential['id'],
    clientExtensionResults: getClientExtensionResults,
    ...credential,
  };
  if (typeof response !== 'object' || response === null || !('userHandle' in response)) return payload;
  return { ...payload, response: { ...response, userHandle: response.userHandle || undefined } };
}
