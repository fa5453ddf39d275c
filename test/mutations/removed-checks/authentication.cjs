const { removed, removedStep, step, body, text } = require('../removals.cjs');

const CLIENT_DATA = 'webauthn/received-client-data.ts';
const AUTHENTICATION_SQL = 'records/sign-in.statements.ts';

/** WebAuthn Level 3, section 7.2, and what its steps rest on. */
module.exports = [
  removedStep('7.2 step 3', 'assertion-refusals', 'an id that is not its rawId'),
  removedStep('7.2 step 5', 'assertion-refusals', 'is refused for a passkey that was added after'),
  removedStep('7.2 step 6: user handle', 'assertion-refusals', 'is refused for a wrong user handle'),
  removed(
    '7.2 step 6: user handle present',
    text('authentication/steps/credential.steps.ts', 'record.userId === null && !record.decoy', 'false'),
    'assertion-refusals',
    'is refused without the user handle',
  ),
  removedStep(
    '7.2 step 6: owner',
    'assertion-refusals',
    "is a conflict when it is valid but not of the identifier's user",
  ),
  removed(
    '7.2 step 8: byte order mark',
    text(CLIENT_DATA, 'new TextDecoder()', "new TextDecoder('utf-8', { ignoreBOM: true })"),
    'conformance/steps',
    'step 8: drops a byte order mark',
  ),
  removedStep('7.2 step 10', 'assertion-refusals', 'is refused for the type of a registration'),
  removedStep('7.2 step 11', 'assertion-refusals', 'is refused for another challenge'),
  removedStep('7.2 step 12', 'assertion-refusals', 'is refused for a foreign origin'),
  removedStep('7.2 step 13', 'assertion-refusals', 'is refused for a cross-origin iframe'),
  removedStep('7.2 step 14', 'policies', 'lets listed top origins embed'),
  removedStep('7.2 step 15', 'assertion-refusals', 'is refused for a foreign relying party'),
  removed(
    '7.2 step 15: AppID',
    body(
      'authentication/assertion-answer.ts',
      'AssertionAnswer.expectedRpId',
      'return this.relyingParty.policy.appid ?? this.record.rpId;',
    ),
    'conformance/steps',
    'step 15: takes the hash of the AppID',
  ),
  removedStep('7.2 step 16', 'assertion-refusals', 'is refused for no user presence'),
  removedStep('7.2 step 17', 'assertion-refusals', 'is refused for no user verification'),
  removedStep('7.2 step 18', 'conformance/steps', 'step 18: refuses a device-bound passkey'),
  removedStep('7.2 step 19', 'assertion-refusals', 'is refused for changed backup eligibility'),
  removedStep('7.2 step 21', 'assertion-refusals', 'is refused for its signature'),
  removed(
    '7.2 step 20: client data is signed',
    step('7.2 step 21'),
    'conformance/steps',
    'steps 20 and 21: refuses client data',
  ),
  removed(
    '7.2 step 21: form of the signature',
    body('webauthn/ecdsa-signature.ts', 'isEcdsaSignature', 'return true;'),
    'fuzz/cases',
    'assertion-signature-with-another-tag',
  ),
  removedStep('7.2 step 22', 'policies', 'refuses a passkey bound to its device, by default'),
  removed(
    '7.2 step 22: race-free',
    text(AUTHENTICATION_SQL, "$16::uuid IS NOT NULL OR ${counterMovedOn('$4')}", '$16::uuid IS NULL OR true'),
    'assertion-refusals',
    'also where each call has its own statement',
  ),
  removed(
    '7.2 step 22: race-free, where calls share a statement',
    text(AUTHENTICATION_SQL, "OR ${counterMovedOn('call.sign_count')}", 'OR true'),
    'shared-statements/one-and-many',
    'authentications are completed alike',
  ),
  removed(
    '7.2 step 24: backup state',
    text(
      AUTHENTICATION_SQL,
      'backup_state = ${received.state}',
      'backup_state = (${received.state} OR true)',
    ),
    'conformance/steps',
    'step 24: keeps counter and backup state',
  ),
  removedStep('7.2 step 25: model', 'attested-models', 'signs nobody in any longer'),
  removedStep('7.2 step 25: suspended', 'attacks/accounts', 'suspended between options and assertion'),
];
