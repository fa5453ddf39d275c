import {
  ATTESTATION_FORMATS,
  ATTESTATION_PREFERENCES,
  DEVICE_TYPES,
  HINTS,
  MODEL_STATUSES,
  RECOVERIES,
  type RelyingPartyOptions,
  RESIDENT_KEY_REQUIREMENTS,
  SIGN_COUNT_REGRESSIONS,
  USER_VERIFICATION_REQUIREMENTS,
} from 'nestjs-passkey-sign-in';
import { type Check, checkMembers, isBoolean, isInteger, isText, listOf, oneOf } from './checks';

export type Policy = NonNullable<RelyingPartyOptions['policy']>;

const POLICY: Record<keyof Policy, Check> = {
  userVerification: oneOf(USER_VERIFICATION_REQUIREMENTS),
  residentKey: oneOf(RESIDENT_KEY_REQUIREMENTS),
  algorithms: listOf(isInteger),
  hints: listOf(oneOf(HINTS)),
  appid: isText,
  timeout: (value) => isInteger(value) && (value as number) >= 1 && (value as number) <= 3600,
  attestation: oneOf(ATTESTATION_PREFERENCES),
  attestationFormats: listOf(oneOf(ATTESTATION_FORMATS)),
  attestationTrust: oneOf(['any', 'metadata']),
  refusedModelStatuses: listOf(oneOf(MODEL_STATUSES)),
  attestationValidity: oneOf(['now', 'ignore-expiry']),
  compoundAttestation: oneOf(['every', 'any']),
  androidKeyEnforcement: oneOf(['any', 'hardware']),
  tpmManufacturers: listOf(isText),
  allowedAaguids: listOf(isText),
  deniedAaguids: listOf(isText),
  deviceTypes: listOf(oneOf(DEVICE_TYPES)),
  signCountRegression: oneOf(SIGN_COUNT_REGRESSIONS),
  recovery: oneOf(RECOVERIES),
  crossOrigin: isBoolean,
  topOrigins: listOf(isText),
};

/** @throws Error that names the member */
export function toPolicy(value: unknown): Policy {
  checkMembers(value, POLICY);
  return value;
}
