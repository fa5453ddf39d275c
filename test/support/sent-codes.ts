import type { Identifier } from './browser';
import type { TestServer } from './test-server';

let emails = 0;

/** An email address that no other test has. */
export const freshEmail = (): Identifier => ({
  type: 'email',
  value: `person-${process.pid}-${++emails}@example.com`,
});

/** Codes that were sent to an address, the first first: the tests' messenger prints them. */
export const codesSentTo = (server: TestServer, address: Pick<Identifier, 'value'>): string[] =>
  server.log
    .filter(({ to, kind }) => to === address.value && kind === 'verification-code')
    .map(({ text }) => /\d{8}/.exec(String(text))![0]);

/** What an address was told, but for codes. */
export const noticesSentTo = (server: TestServer, address: Identifier): unknown[] =>
  server.log
    .filter(({ to, kind }) => to === address.value && kind !== 'verification-code')
    .map(({ kind }) => kind);
