const { removed, removedStep, body, text } = require('../removals.cjs');

const CLIENT_DATA = 'webauthn/received-client-data.ts';
const SELF = 'registration/formats/packed.ts';
const TRUST = 'registration/steps/trust.steps.ts';
const PATH = 'trust/certificates/certificate-path.ts';
const REGISTRATION = 'registration/registration-verification.ts';

/** WebAuthn Level 3, section 7.1, and what its steps rest on. */
module.exports = [
  removed(
    '7.1 step 3: an attestation object',
    text(
      'registration/registration.dto.ts',
      '@BinaryMember()\n  @IsNotEmpty()\n  attestationObject!',
      '@Expose()\n  @IsOptional()\n  attestationObject!',
    ),
    'conformance/steps',
    'in a registration (section 7.1) step 3',
  ),
  removed(
    'binary members are base64url',
    text('validation/binary-member.ts', ' && fromBase64Url(value) !== null', ''),
    'encodings',
    'are refused by name for base64 ',
  ),
  removedStep('7.1 step 3', 'registration-refusals', 'an id that is not its rawId'),
  removedStep('7.1 step 4', 'registration-refusals', 'a credential that is not discoverable'),
  removed(
    '7.1 step 5: byte order mark',
    text(CLIENT_DATA, 'new TextDecoder()', "new TextDecoder('utf-8', { ignoreBOM: true })"),
    'conformance/steps',
    'in a registration (section 7.1) step 5',
  ),
  removed(
    '7.1 step 6: an object',
    body(CLIENT_DATA, 'parse', 'return JSON.parse(utf8.decode(bytes));'),
    'conformance/steps',
    'in a registration (section 7.1) step 6',
  ),
  removedStep('7.1 step 7', 'registration-refusals', 'is refused for the type of an assertion'),
  removedStep('7.1 step 8', 'registration-refusals', 'is refused for another challenge'),
  removedStep('7.1 step 9', 'registration-refusals', 'is refused for a foreign origin'),
  removedStep('7.1 step 10', 'registration-refusals', 'is refused for a cross-origin iframe'),
  removedStep('7.1 step 11', 'registration-refusals', 'is refused for a top origin'),
  removed(
    '7.1 step 11: without crossOrigin',
    text('webauthn/steps/client-data.steps.ts', 'if (!crossOrigin) throw', 'if (false) throw'),
    'policies',
    'lets listed top origins embed',
  ),
  removedStep('7.1 step 14', 'registration-refusals', 'is refused for a foreign relying party'),
  removedStep('7.1 step 15', 'registration-refusals', 'is refused for no user presence'),
  removedStep('7.1 step 16', 'registration-refusals', 'is refused for no user verification'),
  removedStep('7.1 step 17', 'conformance/steps', 'step 17: takes every combination'),
  removedStep('7.1 step 18', 'policies', 'takes device-bound passkeys only'),
  removed(
    '7.1 step 19',
    text(REGISTRATION, 'backupState: authenticatorData.backupState', 'backupState: true'),
    'sign-in',
    'keeps what a passkey says at each sign-in',
  ),
  removedStep('7.1 step 20', 'registration-refusals', 'is refused for an algorithm that was not asked for'),
  removedStep('7.1 step 20: key', 'conformance/steps', 'step 20: refuses a key of EdDSA that is on Ed448'),
  removed(
    '7.1 step 20: curve',
    text('webauthn/cose-key.ts', '(!curve || members.get(LABEL.crv) === curve.cose)', 'true'),
    'conformance/steps',
    'step 20: refuses a key whose curve',
  ),
  removedStep('7.1 step 20: RSA key size', 'attacks/bombs', 'an RSA modulus of 512 bits'),
  removedStep('7.1 step 21', 'conformance/steps', 'step 21: refuses a statement format'),
  removedStep('7.1 step 22', 'conformance/steps', 'step 22: refuses a self attestation'),
  removed(
    '7.1 step 22: none',
    body('registration/formats/none.ts', 'verifyNone', ''),
    'conformance/steps',
    'step 22: refuses a statement where',
  ),
  removed(
    '7.1 steps 12 and 22: client data is signed',
    body(SELF, 'verifySelfAttestation', ''),
    'registration-refusals',
    'is refused for a broken self attestation',
  ),
  removed(
    '7.1 step 22: form of the signature',
    body('webauthn/ecdsa-signature.ts', 'isEcdsaSignature', 'return true;'),
    'conformance/test-vectors',
    'packed-es256 is refused at registration with any one bit flipped',
  ),
  removed(
    '7.1 step 23: roots',
    text('trust/certificates/attestation-roots.ts', 'Object.entries(attestationRoots)', '[]'),
    'conformance/test-vectors',
    'apple-es256 is accepted',
  ),
  removed(
    '7.1 step 22: algorithms that the policy has to name',
    body('registration/formats/statement-signature.ts', 'assertIsAccepted', ''),
    'conformance/verdicts',
    'that signs by RS1: as the policy names RS1',
  ),
  removed(
    '7.1 step 22: compatibility tests',
    text(
      'registration/formats/android-safetynet.ts',
      "response.payload['ctsProfileMatch'] !== true",
      'false',
    ),
    'conformance/verdicts',
    'of a device that does not pass them',
  ),
  removed(
    '7.1 step 22: model of the certificate',
    body('registration/formats/certificate-requirements.ts', 'assertNamesModel', ''),
    'conformance/verdicts',
    'in the certificate: of 15 bytes',
  ),
  removed(
    '7.1 step 22: hardware',
    text(
      'registration/formats/android-key.ts',
      'inHardware && attestationSecurityLevel === SecurityLevel.software',
      'false',
    ),
    'conformance/verdicts',
    'attested by software that claims',
  ),
  removedStep('7.1 step 24: path', 'attacks/forged-attestation', 'does not make the server call'),
  removed(
    '7.1 step 24: issuers are authorities',
    text(PATH, '!issuer.isAuthority', 'false'),
    'conformance/certificate-path',
    'when an issuer is no authority',
  ),
  removed(
    '7.1 step 24: length of the path',
    text(PATH, 'between > (issuer.pathLength ?? Infinity)', 'false'),
    'conformance/certificate-path',
    'when the path is longer than an issuer allows',
  ),
  removed(
    '7.1 step 24: critical extensions',
    text(PATH, 'issuer.hasUnknownCriticalExtension', 'false'),
    'conformance/certificate-path',
    'when an issuer has a critical extension',
  ),
  removed(
    '7.1 step 24: signatures of the path',
    text(PATH, ' && certificate.isSignedBy(issuer)', ''),
    'conformance/certificate-path',
    'under an anchor of the same name',
  ),
  removed(
    '7.1 step 24: validity',
    body(PATH, 'PathSearch.isValid', 'return true;'),
    'conformance/certificate-path',
    'before they begin, whatever the policy',
  ),
  removed(
    '7.1 step 24: size of the path',
    text('trust/certificates/received-certificates.ts', 'received.length > MAX_CERTIFICATES', 'false'),
    'conformance/certificate-path',
    'at most six',
  ),
  removedStep('7.1 step 24: format', 'policies', 'asks for direct attestation'),
  removedStep('7.1 step 24: model', 'policies', 'denies a model of authenticator'),
  removedStep('7.1 step 24: metadata', 'policies', 'refuses other roots, unknown models'),
  removed(
    '7.1 step 24: metadata, unknown models',
    text(TRUST, 'if (!entry?.metadataStatement)', 'if (!entry?.metadataStatement) return; else if (false)'),
    'policies',
    'refuses other roots, unknown models',
  ),
  removed(
    '7.1 step 24: metadata, its number',
    text('trust/metadata/fido-metadata.ts', 'no < this.current.no', 'false'),
    'fido-metadata',
    'whose number has gone back',
  ),
  removed(
    '7.1 step 24: metadata, its source',
    body('trust/metadata/metadata-source.ts', 'assertIsMetadataSource', ''),
    'fido-metadata',
    'starts with files and https only',
  ),
  removed(
    '7.1 step 24: metadata, compromised',
    body('trust/metadata/authenticator-model.ts', 'assertStatusIsAccepted', ''),
    'policies',
    'refuses a model that is REVOKED',
  ),
  removed(
    '7.1 step 24: metadata, path',
    text(
      TRUST,
      'assertLeadsToAnchor(certificates, readAnchors(attestationRootCertificates), rulesOf(answer))',
      'void readAnchors',
    ),
    'policies',
    'refuses other roots, unknown models',
  ),
  removedStep('7.1 step 25', 'registration-refusals', 'a credential id of over 1023 bytes'),
  removedStep(
    '7.1 step 26: attested ID',
    'registration-refusals',
    "an id that is not the authenticator data's",
  ),
  removedStep('7.1 step 26', 'registration-refusals', 'is refused for a credential that is known already'),
  removed(
    '7.1 step 26: race-free',
    text(
      'passkeys/credential-record.repository.ts',
      "violates(error, 'credential_records_rp_id_credential_id_key')",
      'false',
    ),
    'registration-refusals',
    'is refused at identification when the credential was bound meanwhile',
  ),
  removed(
    '7.1 step 27: user verification',
    text(REGISTRATION, 'uvInitialized: authenticatorData.userVerified', 'uvInitialized: true'),
    'conformance/steps',
    'step 27: notes that the user was not verified',
  ),
];
