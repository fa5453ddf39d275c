import type { RegistrationAnswer } from '../registration-answer';

/** Section 7.1 step 18: the policy on backup eligibility. */
export function deviceTypeIsAccepted({ authenticatorData, relyingParty }: RegistrationAnswer): void {
  const deviceType = authenticatorData.backupEligible ? 'multiDevice' : 'singleDevice';
  if (!relyingParty.policy.deviceTypes.includes(deviceType)) {
    throw new Error(`passkeys of the type ${deviceType} are not accepted`);
  }
}

/** Section 7.1 step 24: the format answers what was asked; `none` does not where the statement itself was wanted. */
export async function formatIsAccepted(answer: RegistrationAnswer): Promise<void> {
  assertIsAccepted(answer.attestationObject, answer);
  await answer.goOnWith((statement) => {
    assertIsAccepted(statement, answer);
  });
}

function assertIsAccepted(
  { format }: { format: unknown },
  { request, relyingParty }: RegistrationAnswer,
): void {
  const { attestationFormats } = relyingParty.policy;
  const wanted = request.attestation === 'direct' || request.attestation === 'enterprise';
  const accepted = attestationFormats
    ? attestationFormats.some((one) => one === format)
    : format !== 'none' || !wanted;
  if (!accepted) throw new Error(`the attestation format "${String(format)}" is not accepted`);
}

/** Section 7.1 step 24: the policy on authenticator models. */
export function modelIsAccepted({ attested: { aaguid }, relyingParty }: RegistrationAnswer): void {
  const { allowedAaguids, deniedAaguids } = relyingParty.policy;
  if (deniedAaguids.includes(aaguid)) throw new Error(`the AAGUID ${aaguid} is denied`);
  if (allowedAaguids && !allowedAaguids.includes(aaguid)) {
    throw new Error(`the AAGUID ${aaguid} is not one of those allowed`);
  }
}
