import type { DynamicModule, ModuleMetadata, Provider, Type } from '@nestjs/common';
import { TypeOrmModule } from '@nestjs/typeorm';
import { routeGroupOf } from './api/api-controller.decorator';
import { Exchanges } from './api/exchanges.service';
import { copyOf } from './api/placed-controller';
import { resolveRouteOptions, ROUTE_OPTIONS } from './api/route-options';
import { databasePart } from './database/database.part';
import { portsPart } from './defaults/ports.part';
import { experienceVerificationEntities } from './experience-verification.entities';
import { INTERACTION_PROVIDER } from './ports/interaction.port';
import { RELYING_PARTY_PROVIDER } from './ports/relying-party.port';
import { SESSION_PROVIDER } from './ports/session.port';
import { USER_DIRECTORY } from './ports/user-directory.port';
import { Sessions } from './session/sessions.service';
import { UsersService } from './management/users.service';
import {
  type ExperienceVerificationPorts,
  MODULE_OPTIONS,
  type StaticOptions,
} from './experience-verification.options';
import { WebAuthnService } from './webauthn.service';
import { accountPart } from './account/account.part';
import { administratorsPart } from './administrators/administrators.part';
import { apiPart } from './api/api.part';
import { attemptsPart } from './attempts/attempts.part';
import { auditPart } from './audit/audit.part';
import { authenticationPart } from './authentication/authentication.part';
import { interactionPart } from './interaction/interaction.part';
import { invitationsPart } from './invitations/invitations.part';
import { limitsPart } from './limits/limits.part';
import { managementPart } from './management/management.part';
import { messagesPart } from './messages/messages.part';
import { passkeysPart } from './passkeys/passkeys.part';
import { recordsPart } from './records/records.part';
import { recoveryPart } from './recovery/recovery.part';
import { registrationPart } from './registration/registration.part';
import { sessionPart } from './session/session.part';
import { trustPart } from './trust/trust.part';
import { usersPart } from './users/users.part';
import type { ModulePart } from './module-part';

/** What the module's folders bring, but for what depends on a host's ports and schema. */
const PARTS: ModulePart[] = [
  apiPart,
  authenticationPart,
  registrationPart,
  interactionPart,
  sessionPart,
  recoveryPart,
  passkeysPart,
  trustPart,
  usersPart,
  managementPart,
  auditPart,
  messagesPart,
  attemptsPart,
  recordsPart,
  limitsPart,
  accountPart,
  administratorsPart,
  invitationsPart,
];

/** What a host may inject. */
const EXPORTS = [
  Exchanges,
  MODULE_OPTIONS,
  WebAuthnService,
  RELYING_PARTY_PROVIDER,
  INTERACTION_PROVIDER,
  SESSION_PROVIDER,
  Sessions,
  USER_DIRECTORY,
  UsersService,
];

/** The module's metadata: all that its parts bring, but for the routes that a host goes without. */
export function compose(
  module: Type,
  options: Provider,
  ports: ExperienceVerificationPorts,
  { schema, tablePrefix, adapters = [], ...routes }: StaticOptions,
  imports: ModuleMetadata['imports'] = [],
): DynamicModule {
  const tables = { schema, tablePrefix };
  const routeOptions = resolveRouteOptions(routes);
  // Of two providers of one token the later one counts: a host's port is after the module's own.
  const parts = [...PARTS, databasePart(tables), portsPart(ports), ...adapters];
  return {
    module,
    // So that @RequireRecentVerification works in any controller of the host.
    global: true,
    imports: [...imports, TypeOrmModule.forFeature(experienceVerificationEntities(tables))],
    controllers: parts
      .flatMap(({ controllers }) => controllers ?? [])
      .filter((controller) => !routeOptions.without.has(routeGroupOf(controller)))
      .map(copyOf),
    providers: [
      options,
      { provide: ROUTE_OPTIONS, useValue: routeOptions },
      WebAuthnService,
      ...parts.flatMap(({ providers }) => providers),
    ],
    exports: EXPORTS,
  };
}
