import { assertStatusIsAccepted } from '../../trust/metadata/authenticator-model';
import type { AssertionAnswer } from '../assertion-answer';

/**
 * Of section 7.2 step 25: where the policy trusts the FIDO Metadata, what it says now of the model that was attested. One
 * that it no longer has, or that was registered under another policy, is not judged.
 */
export async function modelIsStillAccepted({
  credential,
  relyingParty,
  metadata,
}: AssertionAnswer): Promise<void> {
  const { attestedModel } = credential;
  const { attestationTrust, refusedModelStatuses } = relyingParty.policy;
  if (attestationTrust !== 'metadata' || attestedModel === null) return;
  const entry = await metadata.entryOf(attestedModel);
  if (entry) assertStatusIsAccepted(entry, attestedModel, refusedModelStatuses);
}
