import { Body, Get, HttpCode, Post } from '@nestjs/common';
import { ApiHeader, ApiOkResponse, ApiOperation } from '@nestjs/swagger';
import {
  ApiController,
  ApiErrors,
  ApiExpectedAccount,
  CurrentExchange,
  type Exchange,
  ExperienceException,
  Sessions,
} from 'nestjs-passkey-sign-in';
import { AuthorizationDto, ConsentDto, ConsentedDto, type PromptName } from './authorization.dto';
import { type Authorization, AUTHORIZATION_HEADER, Authorizations, scopesOf } from './authorizations';

const ApiAuthorizationHeader = () =>
  ApiHeader({
    name: AUTHORIZATION_HEADER,
    required: false,
    description:
      'The `authorization` parameter with which the page was opened, where several tabs are for several applications. Default: the last.',
  });

const words = (text: unknown): string[] | undefined =>
  typeof text === 'string' ? text.split(' ').filter(Boolean) : undefined;

@ApiController('api/experience', 'Interaction')
export class AuthorizationController {
  constructor(
    private readonly authorizations: Authorizations,
    private readonly sessions: Sessions,
  ) {}

  @Get('authorization')
  @ApiAuthorizationHeader()
  @ApiOperation({
    summary: 'Tell which application asks',
    description:
      'The authorization request (OpenID Connect Core 1.0, section 3.1.2) for which the page was opened.',
  })
  @ApiOkResponse({ type: AuthorizationDto, description: 'What is asked, and by whom.' })
  @ApiErrors(['authorization.not_found'])
  async get(@CurrentExchange() exchange: Exchange): Promise<AuthorizationDto> {
    return toDto(await this.required(exchange));
  }

  @Post('consent')
  @HttpCode(200)
  @ApiAuthorizationHeader()
  @ApiExpectedAccount()
  @ApiOperation({
    summary: 'Allow or refuse what an application asks for',
    description:
      'The decision of the signed-in user. The browser goes to `redirectTo`, and from there to the application.',
  })
  @ApiOkResponse({ type: ConsentedDto, description: 'Decided.' })
  @ApiErrors([
    'guard.invalid_input',
    'request.cross_origin',
    'auth.unauthorized',
    'session.account_mismatch',
    'authorization.not_found',
  ])
  async consent(
    @Body() { approve }: ConsentDto,
    @CurrentExchange() exchange: Exchange,
  ): Promise<ConsentedDto> {
    const session = await this.sessions.current(exchange);
    if (!session) throw new ExperienceException('auth.unauthorized');
    const authorization = await this.required(exchange);
    return { redirectTo: await this.authorizations.decide(authorization, session.userId, approve) };
  }

  private async required(exchange: Exchange): Promise<Authorization> {
    const authorization = await this.authorizations.of(exchange);
    if (!authorization) throw new ExperienceException('authorization.not_found');
    return authorization;
  }
}

function toDto({ interaction, application }: Authorization): AuthorizationDto {
  const { prompt, params, returnTo } = interaction;
  const loginHint = params['login_hint'];
  return {
    prompt: prompt.name as PromptName,
    application,
    scopes: scopesOf(interaction),
    ...(typeof loginHint === 'string' && { loginHint }),
    uiLocales: words(params['ui_locales']),
    acrValues: words(params['acr_values']),
    redirectTo: returnTo,
  };
}
