import {
  browserSupportsWebAuthnAutofill,
  startAuthentication,
  WebAuthnAbortService,
} from '@simplewebauthn/browser';
import { createDiscoverableAuthentication, startInteraction } from '../api/experience';
import { finishSignIn } from './sign-in';

/** How long before its end a challenge is replaced, so that none expires under a person's finger. */
const RENEWAL_MARGIN_MS = 10_000;

/** A listener that fails sooner than this would fail again at once: it is not armed again. */
const SHORTEST_LIFE_MS = 1_000;

/** Listens for a passkey picked from the browser's autofill (conditional mediation). */
export class Autofill {
  /** Changes whenever the present listener is no longer wanted. */
  private turn = 0;
  private preparation: Promise<unknown> = Promise.resolve();
  private renewal: ReturnType<typeof setTimeout> | undefined;

  constructor(private readonly on: { picked(): void; failed(error: unknown): void }) {
    document.addEventListener('visibilitychange', () => {
      // Timers sleep with the tab: its challenge may be long gone.
      if (!document.hidden && this.renewal !== undefined) this.arm();
    });
  }

  /** Listens with a fresh challenge, in place of the one before. */
  arm(): void {
    const turn = ++this.turn;
    clearTimeout(this.renewal);
    void this.listen(turn);
  }

  /** Stops listening, so that another ceremony can begin. */
  async pause(): Promise<void> {
    this.turn++;
    clearTimeout(this.renewal);
    this.renewal = undefined;
    WebAuthnAbortService.cancelCeremony();
    await this.preparation;
  }

  private async listen(turn: number): Promise<void> {
    const created = await this.prepare();
    if (!created || turn !== this.turn) return;
    const { timeout = 60_000 } = created.authenticationOptions;
    this.renewal = setTimeout(
      () => {
        this.arm();
      },
      Math.max(timeout - RENEWAL_MARGIN_MS, timeout / 2),
    );
    const since = performance.now();
    try {
      const credential = await startAuthentication({
        optionsJSON: created.authenticationOptions,
        useBrowserAutofill: true,
      });
      clearTimeout(this.renewal);
      this.renewal = undefined;
      this.on.picked();
      await finishSignIn(created, credential);
    } catch (error) {
      if (turn !== this.turn || performance.now() - since < SHORTEST_LIFE_MS) return;
      this.on.failed(error);
    }
  }

  /** Autofill is a convenience: where it can't be prepared, the buttons remain. */
  private async prepare() {
    if (!isSecureContext || !(await browserSupportsWebAuthnAutofill())) return null;
    const preparation = startInteraction('SignIn')
      .then(createDiscoverableAuthentication)
      .catch(() => null);
    this.preparation = preparation;
    return preparation;
  }
}
