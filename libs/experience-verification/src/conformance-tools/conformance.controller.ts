import { Body, Controller, HttpCode, Post, UseFilters, UseGuards, UsePipes } from '@nestjs/common';
import { ApiExcludeController } from '@nestjs/swagger';
import { Caller, CurrentExchange, Interaction, RelyingParty } from '../api/exchange.decorators';
import { ExchangeGuard } from '../api/exchange.guard';
import { NoStoreGuard } from '../api/no-store.guard';
import type { Exchange } from '../ports/exchange';
import { RequestBodyPipe } from '../validation/request-body';
import type { RelyingPartyPolicy } from '../webauthn/relying-party';
import type { InteractionId } from '../webauthn/webauthn-types';
import { WebAuthnService } from '../webauthn.service';
import { ConformanceAccounts } from './conformance-accounts.service';
import { ConformanceExceptionFilter } from './conformance-exception.filter';
import { ServerCredential } from './server-credential';
import { CreationRequestDto, GetRequestDto, type SelectionDto } from './conformance.dto';

const OK = { status: 'ok', errorMessage: '' };

/**
 * The server API of the FIDO Alliance's conformance tools. What is asked of authenticators comes from the request here
 * alone; what comes back is verified by the same steps as everywhere.
 */
@ApiExcludeController()
@Controller()
@UseGuards(NoStoreGuard, ExchangeGuard)
@UsePipes(RequestBodyPipe)
@UseFilters(ConformanceExceptionFilter)
export class ConformanceController {
  constructor(
    private readonly accounts: ConformanceAccounts,
    private readonly webAuthn: WebAuthnService,
  ) {}

  @Post('attestation/options')
  @HttpCode(200)
  async attestationOptions(@Body() body: CreationRequestDto, @CurrentExchange() exchange: Exchange) {
    const { displayName, authenticatorSelection, attestation } = body;
    const identifier = this.accounts.toIdentifier(body.username);
    const userId = await this.accounts.idOf(identifier, exchange);
    const input = {
      relyingParty: withPolicy(exchange, {
        userVerification: authenticatorSelection?.userVerification ?? 'preferred',
        residentKey: residentKeyOf(authenticatorSelection),
        attestation: attestation ?? 'none',
      }),
      interactionId: await this.accounts.begin(exchange, userId ? 'SignIn' : 'Register'),
      extensions: body.extensions ?? {},
    };
    const { registrationOptions } = await (userId
      ? this.webAuthn.generateRegistrationOptionsForUser({ ...input, userId })
      : this.webAuthn.generateRegistrationOptions({ ...input, identifier }));
    return {
      ...OK,
      ...registrationOptions,
      user: { ...registrationOptions.user, name: body.username, displayName },
      authenticatorSelection: { ...registrationOptions.authenticatorSelection, ...authenticatorSelection },
    };
  }

  @Post('attestation/result')
  @HttpCode(200)
  async attestationResult(
    @ServerCredential() payload: object,
    @CurrentExchange() exchange: Exchange,
    @Interaction() interactionId: InteractionId | null,
    @Caller() caller: Caller,
  ) {
    const { relyingParty } = exchange;
    const answer = { relyingParty, interactionId, payload, caller };
    const verificationId = await this.webAuthn.verifyRegistrationResponse(answer);
    if (interactionId) await this.accounts.keep(exchange, interactionId, verificationId, caller);
    return OK;
  }

  @Post('assertion/options')
  @HttpCode(200)
  async assertionOptions(@Body() body: GetRequestDto, @CurrentExchange() exchange: Exchange) {
    const { authenticationOptions } = await this.webAuthn.generateAuthenticationOptions({
      relyingParty: withPolicy(exchange, { userVerification: body.userVerification ?? 'preferred' }),
      interactionId: await this.accounts.begin(exchange, 'SignIn'),
      identifier: this.accounts.toIdentifier(body.username),
      extensions: body.extensions ?? {},
    });
    return { ...OK, ...authenticationOptions };
  }

  @Post('assertion/result')
  @HttpCode(200)
  async assertionResult(
    @ServerCredential() payload: object,
    @RelyingParty() relyingParty: RelyingParty,
    @Interaction() interactionId: InteractionId | null,
    @Caller() caller: Caller,
  ) {
    const answer = { relyingParty, interactionId, payload, caller };
    await this.webAuthn.verifyAuthenticationResponse(answer);
    return OK;
  }
}

const withPolicy = ({ relyingParty }: Exchange, asked: Partial<RelyingPartyPolicy>): RelyingParty => ({
  ...relyingParty,
  policy: { ...relyingParty.policy, ...asked },
});

/** Level 1 has `requireResidentKey` alone. */
const residentKeyOf = (selection: SelectionDto | null | undefined) =>
  selection?.residentKey ?? (selection?.requireResidentKey === true ? 'required' : 'discouraged');
