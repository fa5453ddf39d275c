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
