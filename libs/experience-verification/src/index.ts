/** @module nestjs-passkey-sign-in */
export { AUDIT_EVENTS, type AuditDetails, type AuditEvent, type AuditEventType } from './audit/audit-event';
export { OnAuditEvent } from './audit/on-audit-event.decorator';
export { experienceVerificationMigrations } from './database/migrations';
export { experienceVerificationEntities } from './experience-verification.entities';
export { endWhatRunsOut } from './database/after-restore';
export { installationOf } from './database/installation';
export { MoveError, moveTables } from './database/move-tables';
export { examineMigrations, migrate, type MigrationState } from './database/migrate';
export { entitiesInSchema } from './database/entities-in-schema';
export type { NewIndex } from './database/indexes';
export { ModuleMigration } from './database/module-migration';
export { prepared, type PreparedStatement, PreparedStatements } from './database/prepared-statements';
export { shared, sharedByMany, type SharedByMany, type SharedStatement } from './database/shared-statement';
export { USER_GROUPS, type UserGroups } from './ports/user-groups.port';
export { SIGN_IN_DESTINATION, type SignInDestination } from './ports/sign-in-destination.port';
export type { SchemaOptions } from './database/schema.options';
export { type TableNames, TABLES } from './database/tables';
export {
  type CeremonyStepTaken,
  DIAGNOSTICS,
  type SharedStatementSent,
  type StatementShared,
  type TableSwept,
  type TraceContext,
  type WebhookTried,
} from './diagnostics/diagnostics';
export {
  countUnopened,
  experienceVerificationSealedColumns,
  type SealedColumn,
} from './database/secrets/sealed-columns';
export { Sealing } from './database/secrets/sealing';
export { installationSecretOf, SecretError } from './database/secrets/installation-secret';
export { Secrets } from './database/secrets/secrets.service';
export { FirstAdministrator } from './administrators/first-administrator';
export { Sweeper } from './database/sweeping/sweeper.service';
export { LimitEvents } from './limits/limit-events';
export { networkOf } from './limits/limit-key';
export { ProcessorShares } from './limits/processor-shares';
export { type Rate, RateLimits } from './limits/rate-limits.service';
export { AuditRepository, auditStatement, EVENT_COLUMNS } from './audit/audit.repository';
export { AuditService } from './audit/audit.service';
export { Exchanges } from './api/exchanges.service';
export { ApiController, isPasskeyRoute } from './api/api-controller.decorator';
export { ROUTE_GROUPS, type RouteGroup, type RouteOptions } from './api/route-options';
export { CookieInteraction } from './defaults/cookie-interaction';
export { Session } from './defaults/session.entity';
export { User } from './users/user.entity';
export { Sessions } from './session/sessions.service';
export { sessionLives } from './defaults/sessions.repository';
export { callerOf } from './ports/http-exchange';
export { MODULE_OPTIONS, type ResolvedOptions } from './experience-verification.options';
export { MigrationError } from './database/migration.error';
export { ApiErrors, BODY_ERRORS } from './errors/api-errors.decorator';
export { ApiPaging, nextCursorOf, readPaging } from './api/paging';
export { SignedInController } from './session/signed-in-controller.decorator';
export { ApiExpectedAccount } from './api/expected-account';
export { Management, MANAGEMENT_ERRORS } from './api/management-token.guard';
export { isDatabaseUnavailable, violatedUniqueConstraint } from './database/database-availability';
export { Expose, ExposeRaw, exposedMembersOf } from './validation/exposed-members';
export { readDto } from './validation/request-body';
export { isUuid } from './webauthn/webauthn-types';
export { IsVisibleText } from './validation/visible-text';
export { ERRORS, type ErrorCode } from './errors/error-catalog';
export { type ErrorBody, ExperienceException } from './errors/experience.exception';
export { ExperienceVerificationModule } from './experience-verification.module';
export type {
  ExperienceVerificationAsyncOptions,
  ExperienceVerificationOptions,
  ExperienceVerificationPorts,
  MetadataOptions,
  WebhookOptions,
} from './experience-verification.options';
export { type BearerToken, findToken, hashOfToken, SHORTEST_TOKEN, tokenIn } from './api/bearer-tokens';
export {
  MANAGEMENT_SCOPES,
  type ManagementScope,
  type ManagementTokenOptions,
  SOLE_TOKEN,
} from './api/management-token';
export { ApiExceptionFilter } from './api/api-exception.filter';
export { Exchange } from './ports/exchange';
export { Caller, CurrentExchange, Interaction, RelyingParty } from './api/exchange.decorators';
export { ExchangeGuard } from './api/exchange.guard';
export { type HttpRequest, type HttpResponse, nodeResponse } from './ports/http-exchange';
export type { InteractionEvent } from './ports/interaction.port';
export {
  type FinishedInteraction,
  INTERACTION_PROVIDER,
  type InteractionProvider,
} from './ports/interaction.port';
export { conformanceTools } from './conformance-tools/conformance-tools';
export { logtoFrontend } from './logto/logto-frontend';
export type { LogtoOptions } from './logto/logto.options';
export type { ModulePart } from './module-part';
export { assertIsMetadataSource } from './trust/metadata/metadata-source';
export { MetadataError, readMetadata } from './trust/metadata/read-metadata';
export type { LimitOptions } from './limits/limits.options';
export type { GatheringOptions } from './database/gathering.options';
export type { Hits, Lock, LockPolicy, RateLimitStore, WindowCount } from './ports/rate-limit-store.port';
export {
  ACCOUNT_MESSENGER,
  type AccountMessage,
  type AccountMessenger,
  type MessageTry,
  UndeliverableError,
} from './ports/account-messenger.port';
export { postWebhook, type WebhookMessage } from './audit/post-webhook';
export { PrintingMessenger } from './defaults/printing-messenger';
export type { PasskeyProvider } from './passkeys/passkey-provider';
export {
  type Branding,
  type BrandingColors,
  type BrandingImage,
  type ColorScheme,
  DEFAULT_COLORS,
} from './webauthn/branding';
export { escapeHtml, linksHtml, logoHtml } from './relying-party/branding-html';
export { brandingStyle } from './relying-party/branding-style';
export { brandingOf, type BrandingOptions, toBranding } from './relying-party/branding.options';
export { RelyingParties } from './relying-party/relying-parties';
export {
  type RelyingPartyOptions,
  type TenantOptions,
  toRelyingParty,
} from './relying-party/relying-party.options';
export { RELYING_PARTY_PROVIDER, type RelyingPartyProvider } from './ports/relying-party.port';
export {
  type AndroidApp,
  ATTESTATION_FORMATS,
  ATTESTATION_PREFERENCES,
  type AttestationFormat,
  type AttestationPreference,
  DEFAULT_TENANT,
  type Hint,
  HINTS,
  MODEL_STATUSES,
  RECOVERIES,
  RESIDENT_KEY_REQUIREMENTS,
  type SignUp,
  SIGN_UPS,
  type ResidentKeyRequirement,
  type RelyingPartyPolicy,
  SIGN_COUNT_REGRESSIONS,
} from './webauthn/relying-party';
export {
  CurrentUser,
  RecentVerificationGuard,
  RequireRecentVerification,
  RequireSession,
  SessionGuard,
  SignedIn,
} from './session/session.guard';
export {
  AUTHENTICATION_METHODS,
  type AuthenticationMethod,
  type CurrentSession,
  SESSION_PROVIDER,
  type SessionProvider,
  type SessionSelection,
  type SessionSummary,
} from './ports/session.port';
export type { Identification } from './ports/identification';
export type { Identifier, IdentifierType } from './identifiers/identifier';
export { type PhoneRegion, toPhoneRegion } from './identifiers/phone-number';
export { type Change, UsersService } from './management/users.service';
export {
  type NewUser,
  USER_DIRECTORY,
  type UserDirectory,
  type UserLookup,
  type UserProfile,
} from './ports/user-directory.port';
export { DEVICE_TYPES, type DeviceType, USER_VERIFICATION_REQUIREMENTS } from './webauthn/webauthn-types';
export type { InteractionId, RpId, UserId, VerificationId } from './webauthn/webauthn-types';
export {
  type CeremonyPlace,
  type OptionsInput,
  type ResponseInput,
  WebAuthnService,
} from './webauthn.service';
