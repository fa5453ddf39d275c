import { type ModulePart, SIGN_IN_DESTINATION, USER_GROUPS } from 'nestjs-passkey-sign-in';
import { APPLICATIONS, CONSENTS, USER_CLAIMS } from './ports/application';
import { ApplicationsController } from './applications/applications.controller';
import { ConfiguredApplications } from './applications/configured-applications.service';
import { LogoController } from './applications/logo.controller';
import { Logos } from './applications/logos.service';
import { ApplicationsService } from './applications/applications.service';
import { MyApplicationsController } from './applications/my-applications.controller';
import { MyApplicationsService } from './applications/my-applications.service';
import { GroupsController } from './groups/groups.controller';
import { GroupsRepository } from './groups/groups.repository';
import { GroupsService } from './groups/groups.service';
import { ApplicationsRepository } from './applications/applications.repository';
import { ClaimsRepository } from './claims/claims.repository';
import { CustomClaimsController } from './claims/custom-claims.controller';
import { CustomClaimsRepository } from './claims/custom-claims.repository';
import { CustomClaimsService } from './claims/custom-claims.service';
import { ConsentsRepository } from './consents/consents.repository';
import { AuthorizationController } from './authorization/authorization.controller';
import { AuthorizationDestination } from './authorization/authorization-destination';
import { Authorizations } from './authorization/authorizations';
import { Guesses } from './limits/guesses.service';
import { SigningKeys } from './keys/signing-keys';
import {
  OPENID_PROVIDER_OPTIONS,
  type OpenIdProviderOptions,
  checkOpenIdProviderOptions,
} from './openid-provider.options';
import { Issuers } from './provider/issuers';
import { OpenIdProvider } from './provider/open-id-provider';
import { LogoutNoticesRepository } from './logout/logout-notices.repository';
import { LogoutSender } from './provider/logout-sender';
import { PayloadsRepository } from './storage/payloads.repository';
import { Prefetched } from './storage/prefetched';
import { ExpiredPayloads } from './storage/expired-payloads';
import { SealedAnew } from './storage/sealed-anew';

/**
 * Applications sign people in through the module, by OpenID Connect: docs/openid.md. The host hands requests to
 * `app.get(OpenIdProvider)`.
 * @example ExperienceVerificationModule.forRoot({ relyingParty, secret, adapters: [openIdProvider()] })
 * @throws Error when the options can't work together
 */
export const openIdProvider = (options: OpenIdProviderOptions = {}): ModulePart => ({
  controllers: [
    AuthorizationController,
    ApplicationsController,
    LogoController,
    GroupsController,
    CustomClaimsController,
    MyApplicationsController,
  ],
  providers: [
    { provide: OPENID_PROVIDER_OPTIONS, useValue: checkOpenIdProviderOptions(options) },
    { provide: SIGN_IN_DESTINATION, useClass: AuthorizationDestination },
    ApplicationsRepository,
    ApplicationsService,
    ConfiguredApplications,
    ConsentsRepository,
    MyApplicationsService,
    GroupsRepository,
    GroupsService,
    { provide: USER_GROUPS, useExisting: GroupsService },
    CustomClaimsRepository,
    CustomClaimsService,
    { provide: APPLICATIONS, useExisting: ApplicationsRepository },
    { provide: CONSENTS, useExisting: ConsentsRepository },
    { provide: USER_CLAIMS, useClass: ClaimsRepository },
    Authorizations,
    Guesses,
    Logos,
    Issuers,
    OpenIdProvider,
    LogoutNoticesRepository,
    LogoutSender,
    PayloadsRepository,
    Prefetched,
    SigningKeys,
    ExpiredPayloads,
    SealedAnew,
  ],
});
