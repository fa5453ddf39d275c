import { entitiesInSchema, type SchemaOptions } from 'nestjs-passkey-sign-in';
import { ApplicationRecord, ApplicationSecret } from './applications/application.entity';
import { CustomClaims } from './claims/user-claims.entity';
import { Consent } from './consents/consent.entity';
import { Group, GroupMember } from './groups/group.entity';
import { SigningKey } from './keys/signing-key.entity';
import { OpenIdProvider1765310000000 } from './migrations/1765310000000-openid-provider';
import { ConfiguredApplications1765330000000 } from './migrations/1765330000000-configured-applications';
import { CustomClaims1765340000000 } from './migrations/1765340000000-custom-claims';
import { DueNotices1765350000000 } from './migrations/1765350000000-due-notices';
import { GrantsOfSessions1765360000000 } from './migrations/1765360000000-grants-of-sessions';
import { LogoutNotice } from './logout/logout-notice.entity';
import { LogoutNotices1765320000000 } from './migrations/1765320000000-logout-notices';
import { Payload } from './storage/payload.entity';

/** The provider's tables, for a host's DataSource, beside the module's: with the same options. */
export const openIdProviderEntities = (options: SchemaOptions = {}) =>
  entitiesInSchema(
    [
      ApplicationRecord,
      ApplicationSecret,
      Consent,
      CustomClaims,
      Group,
      GroupMember,
      LogoutNotice,
      Payload,
      SigningKey,
    ],
    options,
  );

/** For the same DataSource, after the module's. */
export const openIdProviderMigrations = [
  OpenIdProvider1765310000000,
  LogoutNotices1765320000000,
  ConfiguredApplications1765330000000,
  CustomClaims1765340000000,
  DueNotices1765350000000,
  GrantsOfSessions1765360000000,
];
