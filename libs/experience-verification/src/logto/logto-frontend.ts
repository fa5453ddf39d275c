import { APP_INTERCEPTOR } from '@nestjs/core';
import type { ModulePart } from '../module-part';
import { LogtoAccountController } from './logto-account.controller';
import { LogtoExperienceController } from './logto-experience.controller';
import { LogtoFlows } from './logto-flows.service';
import { LOGTO_OPTIONS, type LogtoOptions, resolveLogtoOptions } from './logto.options';
import { LogtoInterceptor } from './logto.interceptor';
import { LogtoWellKnownController } from './logto-well-known.controller';
import { SignInExperience } from './sign-in-experience';

/**
 * The calls of Logto's sign-in page and account centre as far as passkeys go: docs/logto.md.
 * @example ExperienceVerificationModule.forRoot({ relyingParty, adapters: [logtoFrontend()] })
 */
export const logtoFrontend = (options: LogtoOptions = {}): ModulePart => ({
  controllers: [LogtoExperienceController, LogtoAccountController, LogtoWellKnownController],
  providers: [
    { provide: LOGTO_OPTIONS, useValue: resolveLogtoOptions(options) },
    { provide: APP_INTERCEPTOR, useClass: LogtoInterceptor },
    LogtoFlows,
    SignInExperience,
  ],
});
