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
} from './applications/application';
export { openIdProvider } from './openid-provider';
export { openIdProviderEntities, openIdProviderMigrations } from './openid-provider.entities';
export { ISSUER_PATH, type OpenIdProviderOptions } from './openid-provider.options';
export { OpenIdProvider } from './provider/open-id-provider';
