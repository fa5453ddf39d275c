import type { AuthenticationResponseJSON, RegistrationResponseJSON } from '@simplewebauthn/server';
import { verifyAssertion } from '../../libs/experience-verification/src/authentication/assertion-verification';
import { AssertionPayloadDto } from '../../libs/experience-verification/src/authentication/authentication.dto';
import { ExperienceException } from '../../libs/experience-verification/src/errors/experience.exception';
import { readDto } from '../../libs/experience-verification/src/validation/request-body';
import type { AttestationRoots } from '../../libs/experience-verification/src/trust/certificates/attestation-roots';
import { credentialAlgorithms } from '../../libs/experience-verification/src/webauthn/cose-algorithms';
import type { TrustSources } from '../../libs/experience-verification/src/registration/registration-answer';
import { verifyRegistration } from '../../libs/experience-verification/src/registration/registration-verification';
import { AttestationPayloadDto } from '../../libs/experience-verification/src/registration/registration.dto';
import { toRelyingParty } from '../../libs/experience-verification/src/relying-party/relying-party.options';
import type { RelyingPartyPolicy } from '../../libs/experience-verification/src/webauthn/relying-party';
import type { SpentRecord } from '../../libs/experience-verification/src/records/verification-record.repository';
import { ORIGIN } from '../support/test-server';

/** All that a registration is judged by; bytes in base64url, so that it can be kept as a case. */
export interface AttestationInput {
  payload: RegistrationResponseJSON;
  challenge: string;
  rpId: string;
  origin: string;
}

/** All that an authentication is judged by. */
export interface AssertionInput {
  payload: AuthenticationResponseJSON;
  challenge: string;
  publicKey: string;
  /** Left out: the user is known before. */
  userHandle?: string;
  /** Default: those of the test server. */
  rpId?: string;
  origin?: string;
}

/** What the server would say: what it takes for true, or null and the code of the refusal. */
export type Verdict = { accepted: string } | { refused: string; reason?: string };

const ALGORITHMS = [-7, -8, -35, -36, -257, -53];

const bytes = (text: string) => Buffer.from(text, 'base64url');

const relyingPartyOf = (
  id: string,
  origin: string,
  algorithms = ALGORITHMS,
  further: Partial<RelyingPartyPolicy> = {},
) =>
  toRelyingParty({
    id,
    name: 'Test',
    origins: [origin],
    policy: { algorithms, attestation: 'indirect', userVerification: 'preferred', ...further },
  });

const record = (rpId: string, challenge: string) => ({
  id: '00000000-0000-4000-8000-000000000000',
  interactionId: Buffer.alloc(32),
  rpId,
  challenge: bytes(challenge),
  userId: null,
  decoy: false,
  userHandle: null,
  identifiedUserId: null,
  deletedHere: false,
});

export async function judgeAttestation(
  input: AttestationInput,
  algorithms = ALGORITHMS,
  policy: Partial<RelyingPartyPolicy> = {},
  roots: Pick<AttestationRoots, 'of'> = { of: () => [] },
): Promise<Verdict> {
  const request = {
    userVerification: 'preferred',
    residentKey: 'required',
    attestation: 'indirect',
    algorithms: credentialAlgorithms(algorithms),
  } as const;
  return judge(async () => {
    const payload = readDto(AttestationPayloadDto, input.payload, 'payload');
    const spent = { ...record(input.rpId, input.challenge), request, credential: null };
    return verifyRegistration(
      payload,
      spent as unknown as SpentRecord<'registration'>,
      relyingPartyOf(input.rpId, input.origin, algorithms, policy),
      { roots } as unknown as TrustSources,
    );
  });
}

export async function judgeAssertion(input: AssertionInput): Promise<Verdict> {
  const { rpId = 'localhost', origin = ORIGIN, userHandle } = input;
  return judge(async () => {
    const payload = readDto(AssertionPayloadDto, input.payload, 'payload');
    const credential = {
      id: '00000000-0000-4000-8000-000000000001',
      userId: '00000000-0000-4000-8000-000000000002',
      userHandle: bytes(userHandle ?? ''),
      suspended: false,
      publicKey: bytes(input.publicKey),
      signCount: 0,
      backupEligible: true,
      attestedModel: null,
      offered: true,
    };
    const request = { userVerification: 'required' } as const;
    const userId = userHandle === undefined ? credential.userId : null;
    const spent = { ...record(rpId, input.challenge), userId, request, credential };
    const verified = await verifyAssertion(
      payload,
      spent as unknown as SpentRecord<'authentication'>,
      relyingPartyOf(rpId, origin),
      false,
      { entryOf: () => Promise.resolve(undefined) },
    );
    const { signCount, backupEligible, backupState } = verified;
    return { signCount, backupEligible, backupState };
  });
}

/** Anything thrown but a documented refusal goes through: it would be a 500. */
async function judge(verify: () => Promise<object>): Promise<Verdict> {
  try {
    return { accepted: JSON.stringify(await verify()) };
  } catch (error) {
    if (error instanceof ExperienceException) return { refused: error.code, reason: error.details.reason };
    throw error;
  }
}
