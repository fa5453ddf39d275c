import { type ArgumentsHost, Catch } from '@nestjs/common';
import { ApiExceptionFilter } from '../api/api-exception.filter';
import { ExperienceException } from '../errors/experience.exception';
import type { HttpResponse } from '../ports/http-exchange';

/** What the account centre takes for "prove who you are again". */
const PERMISSION_DENIED = {
  code: 'verification_record.permission_denied',
  message: 'Sign in again by a passkey before you change this.',
  data: null,
};

/** Errors of the account centre's calls, by the codes that it acts on. */
@Catch(ExperienceException)
export class LogtoExceptionFilter extends ApiExceptionFilter {
  override catch(error: ExperienceException, host: ArgumentsHost): void {
    if (error.code !== 'session.verification_required' && error.code !== 'session.passkey_required') {
      super.catch(error, host);
      return;
    }
    const response = host.switchToHttp().getResponse<HttpResponse>();
    this.answer(response, PERMISSION_DENIED, 401);
  }
}
