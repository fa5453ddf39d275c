import type { Provider, Type } from '@nestjs/common';
import type { ExperienceVerificationPorts } from '../experience-verification.options';
import type { ModulePart } from '../module-part';
import { SIGN_IN_AT_ONCE } from '../interaction/sign-in-at-once';
import { OWN_INTERACTIONS } from '../records/own-interactions';
import { ACCOUNT_MESSENGER } from '../ports/account-messenger.port';
import { INTERACTION_PROVIDER } from '../ports/interaction.port';
import { RATE_LIMIT_STORE } from '../ports/rate-limit-store.port';
import { RELYING_PARTY_PROVIDER } from '../ports/relying-party.port';
import { SESSION_PROVIDER } from '../ports/session.port';
import { SIGN_IN_DESTINATION } from '../ports/sign-in-destination.port';
import { USER_DIRECTORY } from '../ports/user-directory.port';
import { USER_GROUPS } from '../ports/user-groups.port';
import { ACCOUNTS_OF_SESSIONS } from '../session/accounts-of-sessions';
import { TableUserDirectory } from '../users/table-user-directory';
import { ConfiguredRelyingParty } from './configured-relying-party';
import { CookieInteraction } from './cookie-interaction';
import { CookieSession } from './cookie-session';
import { InteractionRepository } from './interaction.repository';
import { CookieSignIn } from './sign-in-at-once';
import { SessionsRepository } from './sessions.repository';

/** The ports, each answered by the host's class where it gives one, and by the module's own elsewhere. */
export const portsPart = (ports: ExperienceVerificationPorts): ModulePart => ({
  providers: [
    ...(ports.providers ?? []),
    { provide: RELYING_PARTY_PROVIDER, useClass: ports.relyingParty ?? ConfiguredRelyingParty },
    { provide: INTERACTION_PROVIDER, useClass: ports.interaction ?? CookieInteraction },
    { provide: OWN_INTERACTIONS, useValue: !ports.interaction },
    { provide: SESSION_PROVIDER, useClass: ports.session ?? CookieSession },
    ports.session
      ? { provide: ACCOUNTS_OF_SESSIONS, useValue: null }
      : { provide: ACCOUNTS_OF_SESSIONS, useExisting: SESSION_PROVIDER },
    ports.userDirectory
      ? { provide: USER_DIRECTORY, useClass: ports.userDirectory }
      : { provide: USER_DIRECTORY, useExisting: TableUserDirectory },
    ports.messenger
      ? { provide: ACCOUNT_MESSENGER, useClass: ports.messenger }
      : { provide: ACCOUNT_MESSENGER, useValue: null },
    { provide: SIGN_IN_DESTINATION, useValue: null },
    ports.interaction || ports.session || ports.userDirectory
      ? { provide: SIGN_IN_AT_ONCE, useValue: null }
      : { provide: SIGN_IN_AT_ONCE, useClass: CookieSignIn },
    { provide: USER_GROUPS, useValue: null },
    ...given(RATE_LIMIT_STORE, ports.rateLimitStore),
    InteractionRepository,
    SessionsRepository,
  ],
});

const given = (provide: symbol, useClass: Type | undefined): Provider[] =>
  useClass ? [{ provide, useClass }] : [];
