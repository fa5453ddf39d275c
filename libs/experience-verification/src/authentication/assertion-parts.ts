import { isoBase64URL, parseAuthenticatorData } from '@simplewebauthn/server/helpers';
import { type ClientData, readClientData } from '../webauthn/client-data';
import { fromBase64Url } from '../webauthn/webauthn-types';
import type { AssertionDto } from './authentication.dto';

/** Authenticator data (WebAuthn Level 3, section 6.1). */
export interface AuthenticatorData {
  rpIdHash: Uint8Array;
  userPresent: boolean;
  userVerified: boolean;
  backupEligible: boolean;
  backupState: boolean;
  signCount: number;
}

/** What an assertion consists of (section 7.2, steps 7 to 9). */
export interface AssertionParts {
  clientData: ClientData;
  clientDataBytes: Buffer;
  authenticatorData: AuthenticatorData;
  authenticatorDataBytes: Uint8Array;
  signature: Uint8Array;
}

/** @throws Error with the reason when a part can't be read */
export function readAssertion(response: AssertionDto): AssertionParts {
  const { bytes: clientDataBytes, clientData } = readClientData(response.clientDataJSON);
  const authenticatorDataBytes = readBytes('authenticatorData', response.authenticatorData);
  const signature = readBytes('signature', response.signature);
  const authenticatorData = readAuthenticatorData(authenticatorDataBytes);
  return { clientData, clientDataBytes, authenticatorData, authenticatorDataBytes, signature };
}

/** Some clients pad their base64url: @simplewebauthn/server knows what they mean. */
function readBytes(member: string, text: string): Uint8Array {
  const bytes = fromBase64Url(text);
  if (bytes) return bytes;
  if (!isoBase64URL.isBase64URL(text)) throw new Error(`${member} is not base64url`);
  return isoBase64URL.toBuffer(text);
}

/** Bytes of authenticator data that has neither attested credential data nor extensions. */
const LENGTH = 37;

const FLAG = { UP: 0x01, UV: 0x04, BE: 0x08, BS: 0x10, AT: 0x40, ED: 0x80 };

function readAuthenticatorData(bytes: Uint8Array): AuthenticatorData {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === LENGTH && (view.getUint8(32) & (FLAG.AT | FLAG.ED)) === 0) {
    return {
      rpIdHash: bytes.subarray(0, 32),
      ...readFlags(view.getUint8(32)),
      signCount: view.getUint32(33),
    };
  }
  // Of what comes after, only the form is checked.
  const { rpIdHash, flags, counter } = parseAuthenticatorData(new Uint8Array(bytes));
  return { rpIdHash, ...readFlags(flags.flagsInt), signCount: counter };
}

const readFlags = (flags: number) => ({
  userPresent: (flags & FLAG.UP) !== 0,
  userVerified: (flags & FLAG.UV) !== 0,
  backupEligible: (flags & FLAG.BE) !== 0,
  backupState: (flags & FLAG.BS) !== 0,
});
