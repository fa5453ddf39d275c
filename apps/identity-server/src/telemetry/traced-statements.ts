import { type Attributes, SpanKind } from '@opentelemetry/api';
import type { Client, ClientBase } from 'pg';
import type { DataSource } from 'typeorm';
import { endSpan, spanOf, typeOfError, type Tracing } from './tracing';

/** What is used of the `pg` driver's pool. */
interface Pool {
  on(event: 'acquire', listener: (client: Client) => void): void;
}

type Query = (...asked: unknown[]) => unknown;

/** Texts whose names are kept: an `IN (...)` has one for each length. */
const MOST_NAMED = 500;

/** A span for each statement that a request, or another span, asks for: its text, in which values are parameters, and no value. */
export function traceStatements({ driver }: DataSource, tracing: Tracing): void {
  const { master: pool } = driver as unknown as { master: Pool };
  const traced = new WeakSet<ClientBase>();
  const names = new Map<string, string>();
  const nameOf = (text: string): string => {
    const name = names.get(text) ?? nameStatement(text);
    if (names.size < MOST_NAMED) names.set(text, name);
    return name;
  };
  pool.on('acquire', (client) => {
    if (traced.has(client)) return;
    traced.add(client);
    const query = client.query.bind(client) as unknown as Query;
    const of = {
      'db.system.name': 'postgresql',
      'db.namespace': client.database,
      'server.address': client.host,
    };
    Object.assign(client, {
      query: (...asked: unknown[]) => {
        const text = textOf(asked[0]);
        if (text === undefined || !tracing.span) return query(...asked);
        const name = nameOf(text);
        const attributes: Attributes = { ...of, 'db.query.summary': name, 'db.query.text': text };
        const span = spanOf(tracing.begin(name, { kind: SpanKind.CLIENT, attributes }));
        const answer = query(...asked);
        if (!(answer instanceof Promise)) {
          endSpan(span);
          return answer;
        }
        answer.then(
          () => {
            endSpan(span);
          },
          (error: unknown) => {
            endSpan(span, typeOfError(error));
          },
        );
        return answer;
      },
    });
  });
}

const textOf = (asked: unknown): string | undefined => {
  const text = typeof asked === 'object' && asked !== null ? (asked as { text?: unknown }).text : asked;
  return typeof text === 'string' ? text : undefined;
};

/** What a statement writes, or else reads, such as `UPDATE verification_records INSERT audit_events`. */
function nameStatement(text: string): string {
  const table = String.raw`\s+(?:"?\w+"?\.)?"?(\w+)"?`;
  const find = (pattern: string) => [
    ...new Set(
      [...text.matchAll(new RegExp(pattern + table, 'g'))].map(([, verb = '', name = '']) => {
        return `${verb.split(' ')[0] ?? ''} ${name}`;
      }),
    ),
  ];
  const writes = find('\\b(INSERT INTO|UPDATE|DELETE FROM)');
  const names = writes.length > 0 ? writes : find('\\b(FROM)').map((name) => name.replace('FROM', 'SELECT'));
  return names.join(' ') || (/^\s*(\w+)/.exec(text)?.[1] ?? 'statement').toUpperCase();
}
