import { ApiError, ConnectionError, unknownCredentialOf, UnsupportedError } from 'passkey-sign-in-client';
import { WebAuthnError } from '@simplewebauthn/browser';
import { NotMadeError } from './pages/creation';
import { texts } from './texts/texts';

/** A newer server or browser may have problems that this page does not know. */
const textOf = (problems: Record<string, string | undefined>, name: string): string =>
  problems[name] ?? texts.unknownProblem;

/**
 * What a person is told of any error, in plain words.
 * @param ofIdentifier whether it is of what was typed as a name or an address: of that alone it says what it should be
 */
export function problemText(error: unknown, ofIdentifier = false): string {
  if (error instanceof ApiError) {
    if (error.code === 'guard.invalid_input' && !ofIdentifier)
      return texts.problems['request.body_too_large'];
    if (unknownCredentialOf(error)) return texts.unknownPasskey;
    if (error.status === 429 && error.retryAfter !== undefined) return waitText(error.retryAfter);
    return textOf(texts.problems, error.code);
  }
  if (error instanceof ConnectionError) return texts.noConnection;
  if (error instanceof UnsupportedError) return texts.unsupported[error.reason];
  if (error instanceof NotMadeError) return texts.browserProblems.notMade;
  if (error instanceof WebAuthnError || error instanceof DOMException) {
    return textOf(texts.browserProblems, error.name);
  }
  return texts.unknownProblem;
}

/** A wait of so many seconds, rounded up. */
function waitText(seconds: number): string {
  if (seconds < 60) return texts.waitSeconds(seconds);
  return seconds < 7_200
    ? texts.waitMinutes(Math.ceil(seconds / 60))
    : texts.waitHours(Math.ceil(seconds / 3_600));
}
