import type { QueryRunner } from 'typeorm';
import { ModuleMigration } from '../module-migration';

/** What hangs on a session refers to it by the id that stays when its cookie is renewed. */
export class SessionsByPublicId1765300000000 extends ModuleMigration {
  readonly name = 'SessionsByPublicId1765300000000';

  protected async apply(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(
      `ALTER TABLE ${schema}.sessions ADD CONSTRAINT sessions_public_id_key UNIQUE (public_id)`,
    );
  }

  protected async undo(queryRunner: QueryRunner, schema: string): Promise<void> {
    await queryRunner.query(`ALTER TABLE ${schema}.sessions DROP CONSTRAINT sessions_public_id_key`);
  }
}
