import { Column, Entity, type MigrationInterface, PrimaryGeneratedColumn, type QueryRunner } from 'typeorm';

/** The host's own people. */
@Entity('members')
export class Member {
  @PrimaryGeneratedColumn('uuid')
  id: string;

  @Column('text', { unique: true })
  email: string;

  @Column('boolean', { default: false })
  barred: boolean;
}

export class Members1700000000000 implements MigrationInterface {
  async up(runner: QueryRunner): Promise<void> {
    await runner.query(`CREATE TABLE members (
      id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
      email text UNIQUE NOT NULL,
      barred boolean NOT NULL DEFAULT false
    )`);
    await runner.query(`INSERT INTO members (email) VALUES ('ada@example.com')`);
  }

  async down(runner: QueryRunner): Promise<void> {
    await runner.query('DROP TABLE members');
  }
}
