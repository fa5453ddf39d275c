import { X509Certificate } from 'node:crypto';
import { SettingsService, verifyRegistrationResponse } from '@simplewebauthn/server';
import { isoCBOR } from '@simplewebauthn/server/helpers';
import { coseAlgorithm } from '../webauthn/cose-algorithms';
import { isEcdsaSignature } from '../webauthn/ecdsa-signature';
import { isSignatureValid } from '../webauthn/signature';
import { toBase64Url } from '../webauthn/webauthn-types';
import type { AttestationObject, CBORType } from './attestation-object';
import type { RegistrationAnswer } from './registration-answer';

/**
 * Whether the attestation statement is valid (WebAuthn Level 3, section 8): by @simplewebauthn/server where it has
 * certificates. A self attestation is of any algorithm that is known here, of which the library has not all.
 * @throws Error with the reason, when it can't be read or verified
 */
export async function isStatementValid(answer: RegistrationAnswer): Promise<boolean> {
  const { attestationObject } = answer;
  const { format, statement } = attestationObject;
  signatureIsWellFormed(attestationObject);
  if (format === 'none') return isNoStatement(statement);
  if (format === 'packed' && !statement.get('x5c')) return isSelfAttestationValid(answer);
  return isValidForLibrary(answer);
}

/** Section 8.7. */
function isNoStatement(statement: AttestationObject['statement']): boolean {
  if (statement.size > 0) throw new Error('the format "none" has an unexpected attestation statement');
  return true;
}

/** Section 8.2, without x5c: signed by the credential key itself. */
async function isSelfAttestationValid(answer: RegistrationAnswer): Promise<boolean> {
  const { attestationObject, attested, publicKey, clientData } = answer;
  const { statement, authenticatorData } = attestationObject;
  const signature = statement.get('sig');
  if (!(signature instanceof Uint8Array)) throw new Error('the self attestation has no signature');
  if (statement.get('alg') !== publicKey.algorithm.id) {
    throw new Error('the self attestation is of another algorithm than the key');
  }
  const signed = Buffer.concat([authenticatorData, clientData.hash]);
  return isSignatureValid({ imported: publicKey, cose: attested.publicKey }, signature, signed);
}

/** The library judges all of the answer once more; only of the statement it has the last word. */
async function isValidForLibrary(answer: RegistrationAnswer): Promise<boolean> {
  const { payload, attestationObject, asked, relyingParty, request } = answer;
  const { format, statement, authenticatorData } = attestationObject;
  const prepared = format === 'android-key' ? withTrustedRoot(statement) : statement;
  const object = isoCBOR.encode(
    new Map<string, CBORType>([
      ['fmt', String(format)],
      ['attStmt', prepared],
      ['authData', authenticatorData],
    ]),
  );
  const { verified } = await verifyRegistrationResponse({
    response: {
      id: payload.id,
      rawId: payload.rawId,
      type: 'public-key',
      response: {
        clientDataJSON: payload.response.clientDataJSON,
        attestationObject: toBase64Url(object),
      },
      clientExtensionResults: {},
    },
    expectedChallenge: toBase64Url(asked.challenge),
    expectedOrigin: relyingParty.origins,
    expectedRPID: answer.expectedRpId,
    requireUserPresence: answer.mustBePresent,
    requireUserVerification: answer.mustBeVerified,
    supportedAlgorithmIDs: request.algorithms,
  });
  return verified;
}

/** What @simplewebauthn/server would read of other tags and lengths is no second form of a signature. */
function signatureIsWellFormed({ format, statement }: AttestationObject): void {
  const [algorithm, signature] = [statement.get('alg'), statement.get('sig')];
  const isEcdsa =
    format === 'fido-u2f' || (typeof algorithm === 'number' && coseAlgorithm(algorithm)?.kty === 'EC');
  if (isEcdsa && signature instanceof Uint8Array && !isEcdsaSignature(signature)) {
    throw new Error('the attestation signature is not one of ECDSA');
  }
}

/**
 * Section 8.4: ends the certificate path with the accepted root that issued it. A path to any other root is refused
 * here: the library takes the path's own last certificate for trusted until it has asked the revocation lists
 * that the path names, so that anybody could have the server call any address.
 */
function withTrustedRoot(statement: AttestationObject['statement']): AttestationObject['statement'] {
  const path = statement.get('x5c') as Uint8Array<ArrayBuffer>[] | undefined;
  const last = path?.at(-1);
  if (!path || !last) throw new Error('the android-key statement has no certificate');
  const root = rootOf(new X509Certificate(last));
  if (!root) throw new Error('the android-key statement leads to no accepted root');
  if (Buffer.compare(root, last) === 0) return statement;
  return new Map(statement).set('x5c', [...path, new Uint8Array(root)]);
}

/** The accepted root that is, or has signed, the certificate. */
function rootOf(certificate: X509Certificate): Buffer | null {
  const roots = SettingsService.getRootCertificates({ identifier: 'android-key' });
  const root = roots
    .map((pem) => new X509Certificate(pem))
    .find((candidate) => certificate.checkIssued(candidate) && certificate.verify(candidate.publicKey));
  return root?.raw ?? null;
}
