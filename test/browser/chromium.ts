import { existsSync } from 'node:fs';
import {
  type Browser,
  type BrowserContext,
  type BrowserContextOptions,
  type CDPSession,
  chromium,
  type Page,
} from 'playwright-core';
import { needPackages } from '../support/debian-packages';

/** It is Chromium without windows of its own, of which each profile would have one. */
const SHELL = '/usr/bin/chromium-headless-shell';
const EXECUTABLES = [SHELL, '/usr/bin/chromium'];

export async function launchChromium(): Promise<Browser> {
  const executablePath =
    process.env['CHROMIUM_PATH'] ?? EXECUTABLES.find((path) => existsSync(path)) ?? SHELL;
  if (executablePath === SHELL) needPackages({ [SHELL]: 'chromium-headless-shell' });
  return chromium.launch({
    executablePath,
    args: [
      '--no-sandbox',
      '--disable-gpu',
      '--disable-quic',
      '--no-first-run',
      '--disable-background-networking',
      '--disable-component-update',
      '--disable-sync',
    ],
  });
}

/** A virtual authenticator of the DevTools protocol's WebAuthn domain, in one page. */
export class VirtualAuthenticator {
  private constructor(
    private readonly session: CDPSession,
    private readonly authenticatorId: string,
  ) {}

  /** `internal` is a password manager that syncs, `usb` a security key. */
  static async in(
    page: Page,
    transport: 'internal' | 'usb' = 'internal',
    extensions: { hasPrf?: boolean; hasLargeBlob?: boolean } = {},
  ): Promise<VirtualAuthenticator> {
    const session = await page.context().newCDPSession(page);
    await session.send('WebAuthn.enable', { enableUI: false });
    const { authenticatorId } = await session.send('WebAuthn.addVirtualAuthenticator', {
      options: {
        protocol: 'ctap2',
        ctap2Version: 'ctap2_1',
        ...extensions,
        transport,
        hasResidentKey: true,
        hasUserVerification: true,
        isUserVerified: true,
        automaticPresenceSimulation: true,
        defaultBackupEligibility: transport === 'internal',
        defaultBackupState: transport === 'internal',
      },
    });
    return new VirtualAuthenticator(session, authenticatorId);
  }

  /** Whether somebody touches it, as soon as it is asked. */
  async setPresent(enabled: boolean): Promise<void> {
    await this.session.send('WebAuthn.setAutomaticPresenceSimulation', {
      authenticatorId: this.authenticatorId,
      enabled,
    });
  }

  /** Whether it recognises the person. */
  async setUserVerified(isUserVerified: boolean): Promise<void> {
    await this.session.send('WebAuthn.setUserVerified', {
      authenticatorId: this.authenticatorId,
      isUserVerified,
    });
  }

  async credentials(): Promise<{ credentialId: string; userName?: string }[]> {
    const { credentials } = await this.session.send('WebAuthn.getCredentials', {
      authenticatorId: this.authenticatorId,
    });
    return credentials;
  }

  /** As a password manager brings what it has to another device. */
  async syncTo(other: VirtualAuthenticator): Promise<void> {
    const { credentials } = await this.session.send('WebAuthn.getCredentials', {
      authenticatorId: this.authenticatorId,
    });
    for (const credential of credentials) {
      await other.session.send('WebAuthn.addCredential', {
        authenticatorId: other.authenticatorId,
        credential,
      });
    }
  }

  async forgetEverything(): Promise<void> {
    await this.session.send('WebAuthn.clearCredentials', { authenticatorId: this.authenticatorId });
  }

  async remove(): Promise<void> {
    await this.session.send('WebAuthn.removeVirtualAuthenticator', { authenticatorId: this.authenticatorId });
  }
}

/** A page in a fresh browser profile, whose complaints are collected: errors, and what its CSP refused. */
export async function openPage(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ page: Page; context: BrowserContext; complaints: string[] }> {
  const context = await browser.newContext(options);
  context.setDefaultTimeout(30_000);
  await context.addInitScript(noteListening);
  const page = await context.newPage();
  const complaints: string[] = [];
  page.on('pageerror', (error) => complaints.push(error.message));
  page.on('console', (message) => {
    // Chromium logs every 4xx answer; the page handles those.
    if (message.type() === 'error' && !message.text().startsWith('Failed to load resource')) {
      complaints.push(message.text());
    }
  });
  return { page, context, complaints };
}

/** Ends a browser profile. What a page still fetched through a route of the test ends with it, and is no failure. */
export async function closeProfile(page: Page): Promise<void> {
  const context = page.context();
  for (const tab of context.pages()) await tab.unrouteAll({ behavior: 'ignoreErrors' });
  await context.close();
}

/** Runs in the page: notes on its root element when it listens for autofill, and how often that has ended. */
function noteListening(): void {
  // There are none on an insecure origin.
  const { credentials } = navigator as { credentials?: CredentialsContainer };
  if (!credentials) return;
  const get = credentials.get.bind(credentials);
  let ended = 0;
  credentials.get = (options) => {
    const result = get(options);
    if (options?.mediation === 'conditional') {
      const { dataset } = document.documentElement;
      dataset['autofill'] = 'listening';
      void result
        .catch(() => null)
        .then(() => {
          dataset['autofillEnded'] = String(++ended);
        });
    }
    return result;
  };
}

export const untilAutofillListens = (page: Page) => page.locator('html[data-autofill=listening]').waitFor();

export const untilAutofillHasEnded = (page: Page, times: number) =>
  page.locator(`html[data-autofill-ended="${times}"]`).waitFor();
