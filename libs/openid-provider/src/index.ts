/** @module nestjs-passkey-openid-provider */
export {
  type Application,
  APPLICATION_TYPES,
  type ApplicationType,
  APPLICATIONS,
  type Applications,
  CONSENTS,
  type Consents,
  USER_CLAIMS,
  type UserClaims,
} from './ports/application';
export { toApplications } from './applications/configured-application';
export { endWhatWasIssued } from './storage/after-restore';
export { openIdProviderSealedColumns } from './storage/sealed-columns';
export { openIdProvider } from './openid-provider';
export { openIdProviderEntities, openIdProviderMigrations } from './openid-provider.entities';
export {
  checkResource,
  ISSUER_PATH,
  type OpenIdProviderOptions,
  type ResourceOptions,
  toIssuer,
} from './openid-provider.options';
export { chooseLanguage, type Choice as LanguageChoice } from './pages/choose-language';
export { english as providerTexts, type ProviderLanguages, type ProviderTexts } from './pages/texts';
export { OpenIdProvider } from './provider/open-id-provider';
