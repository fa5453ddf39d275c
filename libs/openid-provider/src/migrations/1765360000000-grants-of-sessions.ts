import { ModuleMigration, type TableNames } from 'nestjs-passkey-sign-in';
import type { QueryRunner } from 'typeorm';

/** What a session's user has granted a client is found without a look at what was issued. */
export class GrantsOfSessions1765360000000 extends ModuleMigration {
  readonly name = 'GrantsOfSessions1765360000000';
  override readonly requires = null;

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(
      `CREATE INDEX IF NOT EXISTS ${prefix}oidc_payloads_grant_idx ON ${tables}oidc_payloads (session_id, client_id) WHERE model = 'Grant'`,
    );
  }

  protected async undo(queryRunner: QueryRunner, { tables }: TableNames): Promise<void> {
    await queryRunner.query(`DROP INDEX ${tables}oidc_payloads_grant_idx`);
  }
}
