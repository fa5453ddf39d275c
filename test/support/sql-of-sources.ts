import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as ts from 'typescript';

const SQL =
  /\b(SELECT|INSERT INTO|DELETE FROM|UPDATE \S+ (\w+ )?SET|CASE WHEN|ARRAY\(|FOR UPDATE|LOCK TABLE)\b|\binterval '|\b(coalesce|now|unnest)\(/;

/** Statements, and parts of such, that are written in the sources below the folders, with `x` for whatever is put into them. */
export const sqlOf = (folders: string[], without: RegExp): string[] =>
  folders.flatMap((folder) =>
    readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
      const path = join(folder, entry.name);
      if (without.test(path)) return [];
      if (entry.isDirectory()) return sqlOf([path], without);
      return path.endsWith('.ts') ? sqlIn(path) : [];
    }),
  );

/** The same of one source. */
export function sqlIn(path: string): string[] {
  const texts: string[] = [];
  const visit = (node: ts.Node): void => {
    const text = textOf(node);
    if (SQL.test(text)) texts.push(text);
    ts.forEachChild(node, visit);
  };
  visit(ts.createSourceFile(path, readFileSync(path, 'utf8'), ts.ScriptTarget.Latest, true));
  return texts;
}

function textOf(node: ts.Node): string {
  if (ts.isStringLiteralLike(node)) return node.text;
  if (!ts.isTemplateExpression(node)) return '';
  return [node.head.text, ...node.templateSpans.map(({ literal }) => literal.text)].join('x');
}
