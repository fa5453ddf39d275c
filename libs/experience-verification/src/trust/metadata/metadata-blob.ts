import type { MetadataBLOBPayloadEntry } from '@simplewebauthn/server';
import type { Certificate } from '../certificates/certificate';
import { assertLeadsToAnchor } from '../certificates/certificate-path';
import { isJwsSignedBy, readJws } from '../certificates/certified-jws';
import { readCertificates } from '../certificates/received-certificates';

/** What a metadata service says, once its signature is verified (FIDO Metadata Service 3, section 3.1.6). */
export interface MetadataBlob {
  /** Its serial number. */
  no: number;
  nextUpdate: Date;
  entries: MetadataBLOBPayloadEntry[];
}

/**
 * Reads a BLOB whose certificates lead to one of the roots.
 * @throws Error with the reason when it is not to be trusted, or can't be read
 */
export function readMetadataBlob(text: string, roots: readonly Certificate[]): MetadataBlob {
  const jws = readJws(text);
  const certificates = readCertificates(jws.x5c);
  assertLeadsToAnchor(certificates, roots, { time: Date.now() });
  const [certificate] = certificates;
  if (!certificate || !isJwsSignedBy(jws, certificate.publicKey)) {
    throw new Error('the signature of the FIDO metadata is not valid');
  }
  return readPayload(jws.payload);
}

function readPayload({ no, nextUpdate, entries }: Record<string, unknown>): MetadataBlob {
  const date = new Date(String(nextUpdate));
  if (typeof no !== 'number' || Number.isNaN(date.getTime()) || !Array.isArray(entries)) {
    throw new Error('the FIDO metadata has no number, date of the next update or entries');
  }
  return { no, nextUpdate: date, entries: entries as MetadataBLOBPayloadEntry[] };
}
