import { browserSupportsWebAuthnAutofill, WebAuthnAbortService } from '@simplewebauthn/browser';
import type { Api } from '../api.ts';
import type { CreatedAuthentication } from '../api-types.ts';
import { finishSignIn, type SignedIn } from './authentication.ts';
import { getAssertion } from './browser.ts';

/** How long before its end a challenge is replaced, so that none expires under a person's finger. */
const RENEWAL_MARGIN_MS = 10_000;

/** When a challenge is asked for again that could not be had. */
const RETRY_MS = 30_000;

/** A listener that the browser ends sooner than this would be ended again at once: it is not armed again. */
const SHORTEST_LIFE_MS = 1_000;

/** Those of the page that are to listen, whichever client they are of: each ends the ceremonies of all. */
const armed = new Set<Autofill>();

/** Ends with the latest that they have asked for. */
let preparations: Promise<unknown> = Promise.resolve();

/**
 * Runs a ceremony while no autofill of the page listens. They listen again when it fails; once somebody is in the field
 * when it succeeds, since the page may leave.
 */
export async function alone<T>(ceremony: () => Promise<T>): Promise<T> {
  for (const autofill of armed) autofill.suspend();
  await preparations;
  try {
    const done = await ceremony();
    for (const autofill of armed) autofill.yielded = true;
    return done;
  } catch (error) {
    for (const autofill of armed) autofill.arm();
    throw error;
  }
}

const isField = (target: EventTarget | null): boolean =>
  target instanceof Element && target.matches('input[autocomplete$=webauthn]');

export interface AutofillHandlers {
  /** A passkey was picked, and is being verified. */
  onPicked?: () => void;
  onSignedIn: (signedIn: SignedIn) => void;
  /** The page listens again by itself, with a fresh challenge. */
  onFailed: (error: unknown) => void;
}

/** Listens for a passkey picked from the browser's autofill (conditional mediation). */
export class Autofill {
  /** Changes with each attempt to listen, and when none is wanted any more. */
  private attempt = 0;
  /** The attempt that listens, or whose passkey is being verified. */
  private turn = 0;
  /** Whether another ceremony has ended it, which may be under way still, or has succeeded. */
  yielded = false;
  private renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Api,
    private readonly on: AutofillHandlers,
  ) {
    document.addEventListener('visibilitychange', () => {
      // Timers sleep with the tab: its challenge may be long gone.
      if (!document.hidden && this.renewal !== undefined) this.arm();
    });
    document.addEventListener('focusin', ({ target }) => {
      if (this.yielded && isField(target)) this.arm();
    });
  }

  /** Listens with a fresh challenge, in place of the one before. */
  arm(): void {
    armed.add(this);
    this.yielded = false;
    clearTimeout(this.renewal);
    void this.prepare(++this.attempt);
  }

  /** Stops listening until it is armed again. */
  async disarm(): Promise<void> {
    armed.delete(this);
    this.suspend();
    await preparations;
  }

  /** Stops listening, so that another ceremony can begin. */
  suspend(): void {
    this.turn = ++this.attempt;
    this.yielded = false;
    this.noRenewal();
    WebAuthnAbortService.cancelCeremony();
  }

  /** Autofill is a convenience: where it can't be prepared, the buttons remain. The one before listens meanwhile. */
  private async prepare(attempt: number): Promise<void> {
    if (!isSecureContext || !(await browserSupportsWebAuthnAutofill()) || attempt !== this.attempt) return;
    const preparation = this.api.createDiscoverableAuthentication().catch(() => null);
    preparations = Promise.all([preparations, preparation]).then(() => undefined);
    const created = await preparation;
    if (attempt !== this.attempt) return;
    this.renewIn(created ? lifeOf(created) : RETRY_MS);
    if (created) await this.listen(created, attempt);
  }

  private async listen(
    { verificationId, authenticationOptions }: CreatedAuthentication,
    turn: number,
  ): Promise<void> {
    this.turn = turn;
    const since = performance.now();
    let picked = false;
    try {
      const made = await getAssertion(authenticationOptions, true);
      picked = true;
      this.noPreparation();
      this.on.onPicked?.();
      // Not before: what the person is in the middle of would end by itself.
      await this.api.startInteraction('SignIn');
      this.on.onSignedIn(await finishSignIn(this.api, verificationId, made));
    } catch (error) {
      if (turn !== this.turn) return;
      if (isAbort(error)) {
        // To listen again would end what has ended it.
        this.noPreparation();
        this.yielded = true;
        return;
      }
      const lasted = picked || performance.now() - since >= SHORTEST_LIFE_MS;
      this.noRenewal();
      if (!lasted) return;
      this.on.onFailed(error);
      if (armed.has(this)) this.arm();
    }
  }

  private renewIn(wait: number): void {
    clearTimeout(this.renewal);
    this.renewal = setTimeout(() => {
      this.arm();
    }, wait);
  }

  private noRenewal(): void {
    clearTimeout(this.renewal);
    this.renewal = undefined;
  }

  /** What is being prepared would take the place of what goes on. */
  private noPreparation(): void {
    this.attempt++;
    this.noRenewal();
  }
}

const isAbort = (error: unknown): boolean => error instanceof Error && error.name === 'AbortError';

const lifeOf = ({ authenticationOptions: { timeout = 60_000 } }: CreatedAuthentication): number =>
  Math.max(timeout - RENEWAL_MARGIN_MS, timeout / 2);
