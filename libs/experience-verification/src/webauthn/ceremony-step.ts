import { DIAGNOSTICS } from '../diagnostics/diagnostics';
import { ExperienceException } from '../errors/experience.exception';

/**
 * One step of a ceremony, as an entry of its table. `step` is its key: the section and number of WebAuthn Level 3, and
 * where one number has several checks a word beside it (`7.1 step 24: model`). By it refusals, docs/conformance.md
 * and test/mutations name the check; to remove the check is to replace `check` by `() => {}`.
 */
export interface CeremonyStep<Answer> {
  readonly step: string;
  /** @throws Error with the reason, for the log */
  readonly check: (answer: Answer) => void | Promise<void>;
}

/**
 * Takes the steps in their order, up to the first that refuses.
 * @throws ExperienceException `session.mfa.webauthn_verification_failed`, or the step's own, with step and reason
 */
export async function takeSteps<Answer>(
  steps: readonly CeremonyStep<Answer>[],
  answer: Answer,
): Promise<void> {
  const { ceremonyStep } = DIAGNOSTICS;
  const isTraced = ceremonyStep.hasSubscribers;
  for (const { step, check } of steps) {
    try {
      const pending = isTraced
        ? ceremonyStep.tracePromise(async () => check(answer), { step })
        : check(answer);
      if (pending) await pending;
    } catch (error) {
      throw refusedAt(step, error);
    }
  }
}

function refusedAt(step: string, error: unknown): ExperienceException {
  if (error instanceof ExperienceException) {
    return new ExperienceException(error.code, { ...error.details, step });
  }
  const reason = error instanceof Error ? error.message : String(error);
  return new ExperienceException('session.mfa.webauthn_verification_failed', { reason, step });
}

/** A value as it came, for the log; a client can send anything in its place. */
export const told = (value: unknown): string =>
  value === undefined ? 'missing' : JSON.stringify(value).slice(0, 300);
