import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';
import type { TableNames } from '../tables';

/** What hangs on a session refers to it by the id that stays when its cookie is renewed. */
export class SessionsByPublicId1765300000000 extends ModuleMigration {
  readonly name = 'SessionsByPublicId1765300000000';

  protected async apply(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE ${tables}sessions ADD CONSTRAINT ${prefix}sessions_public_id_key UNIQUE (public_id)`,
    );
  }

  protected async undo(queryRunner: QueryRunner, { tables, prefix }: TableNames): Promise<void> {
    await queryRunner.query(`ALTER TABLE ${tables}sessions DROP CONSTRAINT ${prefix}sessions_public_id_key`);
  }
}
