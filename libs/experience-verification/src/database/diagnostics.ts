import { channel } from 'node:diagnostics_channel';

/** A statement that calls of a ceremony share has been sent: how many calls. */
export interface SharedStatementSent {
  calls: number;
}

/** A table has been rid of expired rows: how many, in how many seconds. */
export interface TableSwept {
  table: string;
  rows: number;
  seconds: number;
}

/** What the module tells of its work, by node:diagnostics_channel, to whoever measures: nothing is made where nobody listens. */
export const DIAGNOSTICS = {
  sharedStatementSent: channel('nestjs-passkey-sign-in:shared-statement-sent'),
  tableSwept: channel('nestjs-passkey-sign-in:table-swept'),
} as const;
