export { experienceVerificationEntities, experienceVerificationMigrations } from './entities';
export { ApiErrors } from './errors/api-errors.decorator';
export { ERRORS, type ErrorCode } from './errors/error-catalog';
export { type ErrorBody, ExperienceException } from './errors/experience.exception';
export {
  type ExperienceVerificationAsyncOptions,
  ExperienceVerificationModule,
} from './experience-verification.module';
export type {
  ExperienceVerificationOptions,
  ExperienceVerificationPorts,
} from './experience-verification.options';
export { ApiExceptionFilter } from './http/api-exception.filter';
export type { HttpRequest, HttpResponse } from './http/http-exchange';
export type { InteractionEvent } from './interaction/interaction.entity';
export {
  type Identification,
  INTERACTION_PROVIDER,
  type InteractionProvider,
} from './interaction/interaction.port';
export {
  RELYING_PARTY_PROVIDER,
  type RelyingParty,
  type RelyingPartyPolicy,
  type RelyingPartyProvider,
} from './relying-party/relying-party.port';
export { RecentSignInGuard, SessionGuard, SignedIn } from './session/session.guard';
export {
  type AuthenticationMethod,
  type CurrentSession,
  SESSION_PROVIDER,
  type SessionProvider,
} from './session/session.port';
export type { Identifier, IdentifierType } from './users/identifier';
export {
  type NewUser,
  USER_DIRECTORY,
  type UserDirectory,
  type UserLookup,
} from './users/user-directory.port';
export type { InteractionId, RpId, UserId } from './webauthn-types';
