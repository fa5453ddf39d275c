import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const read = (file: string) => readFileSync(join(__dirname, '../../../docs', file), 'utf8');

/** What a section of docs/operations.md has its reader type, in its order. */
export const commandsOf = (title: string): string[] =>
  [
    ...read('operations.md')
      .split(`## ${title}`)[1]!
      .split('\n## ')[0]!
      .matchAll(/```sh\n([^]*?)```/g),
  ].map(([, commands]) => commands!);

/** The roles that docs/database.md makes, in SQL. */
export const rolesOfDatabase = (): string => /```sql\n([^]*?)```/.exec(read('database.md'))![1]!;

/** What docs/upgrading.md has the operator run on the database before the servers of a release migrate it. */
export const preparationsOfUpgrade = (): string[] =>
  read('upgrading.md').match(/^CREATE INDEX CONCURRENTLY .*;$/gm)!;
