import { convertAAGUIDToString, parseAuthenticatorData } from '@simplewebauthn/server/helpers';

/** Authenticator data (WebAuthn Level 3, section 6.1). */
export interface AuthenticatorData {
  rpIdHash: Uint8Array;
  userPresent: boolean;
  userVerified: boolean;
  backupEligible: boolean;
  backupState: boolean;
  signCount: number;
  /** At registration. */
  attested?: AttestedCredential;
}

/** Attested credential data (section 6.5.1). */
export interface AttestedCredential {
  aaguid: string;
  credentialId: Uint8Array;
  /** COSE_Key. */
  publicKey: Uint8Array;
}

/** Bytes of authenticator data that has neither attested credential data nor extensions. */
const LENGTH = 37;

const FLAG = { UP: 0x01, UV: 0x04, BE: 0x08, BS: 0x10, AT: 0x40, ED: 0x80 };

/** @throws Error with the reason when it can't be read */
export function readAuthenticatorData(bytes: Uint8Array): AuthenticatorData {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.length === LENGTH && (view.getUint8(32) & (FLAG.AT | FLAG.ED)) === 0) {
    return {
      rpIdHash: bytes.subarray(0, 32),
      ...readFlags(view.getUint8(32)),
      signCount: view.getUint32(33),
    };
  }
  // Of extension outputs only the form is checked.
  const { rpIdHash, flags, counter, ...rest } = parseAuthenticatorData(new Uint8Array(bytes));
  return {
    rpIdHash,
    ...readFlags(flags.flagsInt),
    signCount: counter,
    attested: readAttested(rest),
  };
}

const readFlags = (flags: number) => ({
  userPresent: (flags & FLAG.UP) !== 0,
  userVerified: (flags & FLAG.UV) !== 0,
  backupEligible: (flags & FLAG.BE) !== 0,
  backupState: (flags & FLAG.BS) !== 0,
});

type Parsed = ReturnType<typeof parseAuthenticatorData>;

function readAttested({
  aaguid,
  credentialID,
  credentialPublicKey,
}: Pick<Parsed, 'aaguid' | 'credentialID' | 'credentialPublicKey'>): AttestedCredential | undefined {
  if (!aaguid || !credentialID || !credentialPublicKey) return undefined;
  return {
    aaguid: convertAAGUIDToString(aaguid),
    credentialId: credentialID,
    publicKey: credentialPublicKey,
  };
}
