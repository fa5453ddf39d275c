import { browserSupportsWebAuthnAutofill, WebAuthnAbortService } from '@simplewebauthn/browser';
import type { Api } from '../api.ts';
import type { CreatedAuthentication } from '../api-types.ts';
import { finishSignIn, type SignedIn } from './authentication.ts';
import { getAssertion } from './browser.ts';

/** How long before its end a challenge is replaced, so that none expires under a person's finger. */
const RENEWAL_MARGIN_MS = 10_000;

/** A listener that fails sooner than this would fail again at once: it is not armed again. */
const SHORTEST_LIFE_MS = 1_000;

export interface AutofillHandlers {
  /** A passkey was picked, and is being verified. */
  onPicked?: () => void;
  onSignedIn: (signedIn: SignedIn) => void;
  /** The page listens again by itself, with a fresh challenge. */
  onFailed: (error: unknown) => void;
}

/** Listens for a passkey picked from the browser's autofill (conditional mediation). */
export class Autofill {
  private armed = false;
  /** Changes whenever the present listener is no longer wanted. */
  private turn = 0;
  private preparation: Promise<unknown> = Promise.resolve();
  private renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(
    private readonly api: Api,
    private readonly on: AutofillHandlers,
  ) {
    document.addEventListener('visibilitychange', () => {
      // Timers sleep with the tab: its challenge may be long gone.
      if (!document.hidden && this.renewal !== undefined) this.arm();
    });
  }

  /** Listens with a fresh challenge, in place of the one before. */
  arm(): void {
    this.armed = true;
    const turn = ++this.turn;
    clearTimeout(this.renewal);
    void this.listen(turn);
  }

  /** Stops listening until it is armed again. */
  async disarm(): Promise<void> {
    this.armed = false;
    await this.suspend();
  }

  /** Stops listening, so that another ceremony can begin. */
  async suspend(): Promise<void> {
    this.turn++;
    this.noRenewal();
    WebAuthnAbortService.cancelCeremony();
    await this.preparation;
  }

  /** Listens again, if it did. */
  resume(): void {
    if (this.armed) this.arm();
  }

  private async listen(turn: number): Promise<void> {
    const created = await this.prepare();
    if (!created || turn !== this.turn) return;
    const { verificationId, authenticationOptions } = created;
    this.renewBefore(authenticationOptions.timeout);
    const since = performance.now();
    try {
      const made = await getAssertion(authenticationOptions, true);
      this.noRenewal();
      this.on.onPicked?.();
      // Not before: what the person is in the middle of would end by itself.
      await this.api.startInteraction('SignIn');
      this.on.onSignedIn(await finishSignIn(this.api, verificationId, made));
    } catch (error) {
      if (turn !== this.turn) return;
      const picked = this.renewal === undefined;
      const shortLived = performance.now() - since < SHORTEST_LIFE_MS;
      this.noRenewal();
      if (picked || !shortLived) this.on.onFailed(error);
      if (!shortLived) this.resume();
    }
  }

  private renewBefore(timeout = 60_000): void {
    this.renewal = setTimeout(
      () => {
        this.arm();
      },
      Math.max(timeout - RENEWAL_MARGIN_MS, timeout / 2),
    );
  }

  private noRenewal(): void {
    clearTimeout(this.renewal);
    this.renewal = undefined;
  }

  /** Autofill is a convenience: where it can't be prepared, the buttons remain. */
  private async prepare(): Promise<CreatedAuthentication | null> {
    if (!isSecureContext || !(await browserSupportsWebAuthnAutofill())) return null;
    const preparation = this.api.createDiscoverableAuthentication().catch(() => null);
    this.preparation = preparation;
    return preparation;
  }
}
