import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { decodePartialCBOR } from '@levischuck/tiny-cbor';

/** One of the specification's test vectors; bytes in hex. */
export interface Vector {
  name: string;
  registration: {
    challenge: string;
    credential_id: string;
    clientDataJSON: string;
    attestationObject: string;
  };
  authentication: { challenge: string; clientDataJSON: string; authenticatorData: string; signature: string };
}

interface VectorFile {
  rpId: string;
  origin: string;
  topOrigin: string;
  vectors: Vector[];
  attestationRoot: { attestation_ca_cert: string };
}

const file = JSON.parse(readFileSync(join(__dirname, 'webauthn-l3-vectors.json'), 'utf8')) as VectorFile;

/** WebAuthn Level 3, section 16 (test vectors): `source` in the file names the edition. */
export const VECTORS = file.vectors;
export const RP_ID = file.rpId;
export const ORIGIN = file.origin;
export const TOP_ORIGIN = file.topOrigin;

export const hex = (text: string) => Buffer.from(text, 'hex');
const base64url = (text: string) => hex(text).toString('base64url');

/** The root under which the vectors' attestation certificates are issued, DER. */
export const ATTESTATION_ROOT = hex(file.attestationRoot.attestation_ca_cert);

export const attestationFormatOf = ({ registration }: Vector): string => {
  const [object] = decodePartialCBOR(new Uint8Array(hex(registration.attestationObject)), 0);
  return (object as Map<string, string>).get('fmt')!;
};

/** What a client would send of the vector's registration. */
export function registrationResponse({ registration }: Vector): RegistrationResponseJSON {
  const id = base64url(registration.credential_id);
  return {
    id,
    rawId: id,
    type: 'public-key',
    response: {
      clientDataJSON: base64url(registration.clientDataJSON),
      attestationObject: base64url(registration.attestationObject),
    },
    clientExtensionResults: {},
  };
}

/** What a client would send of the vector's authentication. */
export function authenticationResponse({ registration, authentication }: Vector): AuthenticationResponseJSON {
  const id = base64url(registration.credential_id);
  return {
    id,
    rawId: id,
    type: 'public-key',
    response: {
      clientDataJSON: base64url(authentication.clientDataJSON),
      authenticatorData: base64url(authentication.authenticatorData),
      signature: base64url(authentication.signature),
    },
    clientExtensionResults: {},
  };
}
