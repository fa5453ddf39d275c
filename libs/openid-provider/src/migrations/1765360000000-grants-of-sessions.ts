import { ModuleMigration } from 'nestjs-passkey-sign-in';

/** What a session's user has granted a client is found without a look at what was issued. */
export class GrantsOfSessions1765360000000 extends ModuleMigration {
  readonly name = 'GrantsOfSessions1765360000000';
  override readonly requires = null;
  override readonly indexes = [
    {
      name: 'oidc_payloads_grant_idx',
      table: 'oidc_payloads',
      on: `(session_id, client_id) WHERE model = 'Grant'`,
    },
  ];

  protected apply = () => Promise.resolve();
  protected undo = () => Promise.resolve();
}
