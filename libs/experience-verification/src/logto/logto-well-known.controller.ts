import { Get, Headers, Inject, Query } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { ApiController } from '../api/api-controller.decorator';
import { CurrentExchange, RelyingParty } from '../api/exchange.decorators';
import type { Exchange } from '../ports/exchange';
import { nodeResponse } from '../ports/http-exchange';
import { LOGTO_OPTIONS, type ResolvedLogtoOptions } from './logto.options';
import { SignInExperience } from './sign-in-experience';

/** What Logto's pages read before they show anything. */
@ApiExcludeController()
@ApiController('api/.well-known', 'Logto')
export class LogtoWellKnownController {
  constructor(
    @Inject(LOGTO_OPTIONS) private readonly options: ResolvedLogtoOptions,
    private readonly experience: SignInExperience,
  ) {}

  @Get(['sign-in-exp', 'experience'])
  signInExperience(@RelyingParty() relyingParty: RelyingParty) {
    return this.experience.settings(relyingParty);
  }

  @Get('phrases')
  phrases(
    @CurrentExchange() { response }: Exchange,
    @Query('lng') asked?: string | string[],
    @Headers('accept-language') accepted?: string,
  ) {
    const { phrases } = this.options;
    const wanted = [...languagesIn(asked), ...languagesIn(accepted)];
    const known = wanted.flatMap((language) => [language, language.split('-')[0] ?? language]);
    const language = known.find((one) => Object.hasOwn(phrases, one)) ?? 'en';
    nodeResponse(response).setHeader('content-language', language);
    return phrases[language];
  }

  @Get('account-center')
  accountCentre(@RelyingParty() { origins }: RelyingParty) {
    return this.experience.accountCentre(origins);
  }
}

/** In order, without their weights. */
const languagesIn = (text: string | string[] = ''): string[] =>
  String(text)
    .split(/[\s,]+/)
    .map((language) => language.split(';')[0] ?? '');
