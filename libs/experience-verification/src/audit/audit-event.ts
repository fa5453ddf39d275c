import { v7 as uuidV7 } from 'uuid';
import { toStorable } from '../validation/storable-text';
import type { RpId, UserId } from '../webauthn/webauthn-types';

/** What is recorded: each type, and when. */
export const AUDIT_EVENTS = {
  'authentication.succeeded': 'A passkey proved who a user is.',
  'authentication.failed': 'An assertion was refused.',
  'step-up.succeeded': 'A signed-in user proved presence again.',
  'step-up.failed': 'A signed-in user was refused when proving presence.',
  'registration.succeeded': 'A new credential was verified; it is not bound yet.',
  'registration.failed': 'A new credential was refused.',
  'identification.failed': 'A verified record could not be used.',
  'user.registered': 'A user was created with a first passkey.',
  'user.created': 'A user was created by management or by an import.',
  'user.changed':
    'A name, an address or claims of a user were changed, by its owner or by management: `changed` says which.',
  'user.suspended': 'Management suspended a user.',
  'user.restored': 'Management took a suspension back.',
  'user.deleted': 'A user was deleted.',
  'user.signed-in': 'An interaction was submitted: a session began.',
  'user.signed-out': 'A user signed out on a browser.',
  'session.ended': "A user's session on another browser was ended, or all of them.",
  'passkey.added': 'A passkey was bound to a user.',
  'passkey.imported': 'A passkey was brought from another system.',
  'passkeys.exported': 'A page of passkeys was exported.',
  'passkey.renamed': 'A passkey got another name.',
  'passkey.deleted': 'A passkey was deleted, by its owner or by management.',
  'passkey.clone-suspected': 'A signature counter went back, and the policy lets the passkey sign in.',
  'management.refused': 'A management call came with a wrong token, or with one that lacks the scope.',
  'limit.reached': 'Somebody has asked too often, or is locked: once until they may try again.',
  'webhook.ended': 'A receiver of webhooks answered that it is gone (410): nothing is sent there any more.',
  'recovery-codes.created': 'A user has new recovery codes; earlier ones are void.',
  'user.address-proved': 'A user has proved to be reached by an address of the account.',
  'user.claimed':
    'Somebody proved an address that nobody had: passkeys, sessions, codes and other addresses of the account ended.',
  'recovery-link.created': 'Management made a link by which a user gets back in; an earlier one is void.',
  'recovery.requested': "A code was asked for over the host's channel.",
  'recovery.succeeded': 'A recovery code, one that was sent, or a link, proved who a user is.',
  'recovery.failed': 'A recovery code, one that was sent, or a link, was refused.',
  'address.requested': 'A code was asked for, to an address that is to be put on an account.',
  'address.succeeded': 'A code proved an address that is to be put on an account.',
  'address.failed': 'A proof of an address was refused.',
  'administrator-link.created': 'Management made a link by which somebody becomes an administrator.',
  'administrator.added': 'A user became an administrator.',
  'administrator.removed': 'A user is no administrator any more.',
  'invitation.created': 'Management made a link by which people create accounts.',
  'invitation.revoked': 'Management made such a link good for nothing.',
  'application.created': 'Management, or the file of applications, added one.',
  'application.changed': 'Management, or the file of applications, changed one.',
  'application.deleted': 'Management deleted an application, or the file has it no more.',
  'application-secret.created': 'Management added a secret of an application.',
  'application-secret.deleted': 'Management deleted a secret of an application.',
  'group.created': 'Management added a group of users.',
  'group.changed': 'Management renamed a group, or gave it claims.',
  'group.deleted': 'Management deleted a group.',
  'group.members-changed': 'Management changed who is in a group.',
  'token.issued': 'An application was given tokens.',
  'token.refused': 'An application was refused tokens.',
  'token.revoked':
    'What an application was given for a user has ended: it gave it up or used a token twice, or the user disconnected it.',
  'authorization.refused':
    "An application's request for a user was refused, by the user or by its own fault.",
} as const;

export type AuditEventType = keyof typeof AUDIT_EVENTS;

/** Whether something was done, or somebody was refused it. */
export const AUDIT_OUTCOMES = ['success', 'failure'] as const;
export type AuditOutcome = (typeof AUDIT_OUTCOMES)[number];

/** The types of events that tell of it. */
export const typesOf = (outcome: AuditOutcome): AuditEventType[] =>
  (Object.keys(AUDIT_EVENTS) as AuditEventType[]).filter(
    (type) => (/\.(failed|refused)$/.test(type) || type === 'limit.reached') === (outcome === 'failure'),
  );

/** Particulars of an event: never a secret. Absent where they do not apply. */
export interface AuditDetails {
  passkeyId?: string;
  /** Base64url. */
  credentialId?: string;
  verificationId?: string;
  /** Absent where all of the user's sessions were meant. */
  sessionId?: string;
  /** The API's error code. */
  code?: string;
  /** The exact reason of a refusal, which the client is not told. */
  reason?: string;
  /** Of a ceremony, the step at which it was refused: section and number of WebAuthn Level 3, `7.2 step 12`. */
  step?: string;
  amr?: string[];
  /** The `client_id` of an application. */
  application?: string;
  /** Id of an invitation. */
  invitation?: string;
  /** Id of a group of users. */
  group?: string;
  /** Of a token request (RFC 6749). */
  grantType?: string;
  /** Members of the user that were changed. */
  changed?: string[];
  /** Who did it, where it was not the user. */
  by?: 'management' | 'configuration';
  /** Name of the management token by which it was done. */
  token?: string;
  /** Id of the administrator who did it. */
  administrator?: string;
  /** Host of a receiver of webhooks: the rest of its address may be a secret. */
  webhook?: string;
  ip?: string;
  userAgent?: string;
  requestId?: string;
  /** Of the request's trace (W3C Trace Context), where the host traces. */
  traceparent?: string;
  tracestate?: string;
}

/** Something that happened, to be recorded. */
export interface NewAuditEvent<T extends AuditEventType = AuditEventType> {
  type: T;
  rpId: RpId;
  userId: UserId | null;
  details: AuditDetails;
}

/** What was recorded; a host gets it by `@OnAuditEvent(type)`, and webhooks as JSON. */
export interface AuditEvent<T extends AuditEventType = AuditEventType> extends NewAuditEvent<T> {
  /** UUID version 7, by the server's clock: of one server, later events have greater ids. */
  id: string;
  /** ISO 8601. */
  createdAt: string;
}

/** Some are what a caller has sent, or the first part of it, which may end within a character. */
const storableDetails = (details: AuditDetails): AuditDetails =>
  Object.fromEntries(
    Object.entries(details).map(([name, value]) => [
      name,
      typeof value === 'string' ? toStorable(value) : (value as unknown),
    ]),
  );

/** Gives an event its identity. */
export const toAuditEvent = ({ type, rpId, userId, details }: NewAuditEvent): AuditEvent => ({
  type,
  rpId,
  userId,
  details: storableDetails(details),
  id: uuidV7(),
  createdAt: new Date().toISOString(),
});
