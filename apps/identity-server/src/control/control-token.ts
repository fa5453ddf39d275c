import { randomBytes } from 'node:crypto';
import {
  hashOfToken,
  MANAGEMENT_SCOPES,
  type ManagementScope,
  type ManagementTokenOptions,
} from 'nestjs-passkey-sign-in';

/** Its name, which stands in the audit events of what the command does. */
export const CONTROL_TOKEN = 'passkey-server';

/** Made for one process, and kept nowhere else. */
export class ControlToken {
  private readonly token = randomBytes(32).toString('base64url');

  readonly options: ManagementTokenOptions = {
    name: CONTROL_TOKEN,
    sha256: hashOfToken(this.token).toString('hex'),
    scopes: Object.keys(MANAGEMENT_SCOPES) as ManagementScope[],
  };

  get authorization(): string {
    return `Bearer ${this.token}`;
  }
}
