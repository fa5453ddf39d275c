import type { ExperienceException } from '../errors/experience.exception';
import type { HttpRequest } from '../ports/http-exchange';
import type { RpId } from '../webauthn/webauthn-types';

/** What becomes of a management call that is refused: the guard knows neither limits nor audit events. */
export abstract class ManagementRefusals {
  /** Records `error`, and answers what the caller is told: that, or `request.too_many` after many. */
  abstract of(error: ExperienceException, rpId: RpId, request: HttpRequest): Promise<ExperienceException>;
}
