import { Inject, Injectable } from '@nestjs/common';
import type { Exchange, UserId } from 'nestjs-passkey-sign-in';
import type { Client, Interaction } from 'oidc-provider';
import { CONSENTS, type Consents } from '../ports/application';
import { INTERACTION_COOKIE } from '../provider/configuration';
import { Issuers } from '../provider/issuers';

/** Pages name the authorization that they are for, since tabs share the cookie. */
export const AUTHORIZATION_HEADER = 'oidc-authorization';

/** An application, as its user is told of it. */
export interface AskingApplication {
  id: string;
  name: string;
  thirdParty: boolean;
  logoUri?: string;
  termsUri?: string;
  privacyUri?: string;
}

/** An application's request that waits for its user. */
export interface Authorization {
  interaction: Interaction;
  application: AskingApplication;
}

/** Requests of applications that wait for the user of a browser. */
@Injectable()
export class Authorizations {
  constructor(
    @Inject(CONSENTS) private readonly consents: Consents,
    private readonly issuers: Issuers,
  ) {}

  /** The one that the page names, or the browser's last; null when no application asks. */
  async of(exchange: Exchange): Promise<Authorization | null> {
    const named = exchange.request.headers[AUTHORIZATION_HEADER];
    const uid = typeof named === 'string' ? named : exchange.cookies[INTERACTION_COOKIE];
    // Where none asks, the provider need not have been made: it is large.
    if (uid === undefined) return null;
    const { provider } = await this.issuers.of(exchange.relyingParty);
    const interaction = await provider.Interaction.find(uid);
    const clientId = interaction?.params['client_id'];
    if (!interaction || typeof clientId !== 'string') return null;
    const client = await provider.Client.find(clientId);
    return client ? { interaction, application: toAskingApplication(client) } : null;
  }

  /** @returns where the browser goes next */
  async decide(
    { interaction, application }: Authorization,
    userId: UserId,
    approve: boolean,
  ): Promise<string> {
    const scopes = scopesOf(interaction);
    if (approve) await this.consents.allow(userId, application.id, scopes);
    interaction.result = {
      ...interaction.result,
      ...(approve ? { consent: {} } : { error: 'access_denied', error_description: 'the user has refused' }),
    };
    await interaction.persist();
    return interaction.returnTo;
  }
}

const toAskingApplication = (client: Client): AskingApplication => ({
  id: client.clientId,
  // One that is known by its metadata document may call itself what it likes: its address is what is sure.
  name: isOwnOrRegistered(client) ? (client.clientName ?? client.clientId) : new URL(client.clientId).host,
  thirdParty: client['thirdParty'] !== false,
  ...(client.logoUri && isOwnOrRegistered(client) && { logoUri: client.logoUri }),
  ...(client.tosUri && { termsUri: client.tosUri }),
  ...(client.policyUri && { privacyUri: client.policyUri }),
});

const isOwnOrRegistered = (client: Client): boolean => client['thirdParty'] !== undefined;

export const scopesOf = ({ params }: Interaction): string[] =>
  typeof params['scope'] === 'string' ? params['scope'].split(' ').filter(Boolean) : [];
