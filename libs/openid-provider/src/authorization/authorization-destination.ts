import { Injectable } from '@nestjs/common';
import type { Exchange, SignInDestination } from 'nestjs-passkey-sign-in';
import { Authorizations } from './authorizations';

/** Back to the authorization request of the application that waits. */
@Injectable()
export class AuthorizationDestination implements SignInDestination {
  constructor(private readonly authorizations: Authorizations) {}

  async of(exchange: Exchange): Promise<string | null> {
    return (await this.authorizations.of(exchange))?.interaction.returnTo ?? null;
  }
}
