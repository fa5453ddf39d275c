import { X509Certificate } from 'node:crypto';
import { Inject, Injectable } from '@nestjs/common';
import { SettingsService } from '@simplewebauthn/server';
import { MODULE_OPTIONS, type ResolvedOptions } from '../../experience-verification.options';
import { Certificate } from './certificate';

/** Formats whose roots @simplewebauthn/server brings: Apple's and Google's. */
const BUILT_IN = ['apple', 'android-key', 'android-safetynet'] as const;

/**
 * The trust anchors of each statement format (WebAuthn Level 3, section 7.1, step 23): of the module's options, else
 * those that @simplewebauthn/server brings. That library keeps its own for the whole process: they are read, never set.
 */
@Injectable()
export class AttestationRoots {
  private readonly byFormat = new Map<string, Certificate[]>();

  constructor(@Inject(MODULE_OPTIONS) { attestationRoots }: ResolvedOptions) {
    for (const [format, roots] of Object.entries(attestationRoots)) {
      this.byFormat.set(
        format,
        roots.map((root) => new Certificate(root)),
      );
    }
  }

  /** Empty: any path will do. */
  of(format: string): readonly Certificate[] {
    return this.byFormat.get(format) ?? this.builtIn(format);
  }

  /** Parsed when they are first asked for: most servers never ask. */
  private builtIn(format: string): Certificate[] {
    const identifier = BUILT_IN.find((one) => one === format);
    if (!identifier) return [];
    const roots = readPem(SettingsService.getRootCertificates({ identifier }));
    this.byFormat.set(identifier, roots);
    return roots;
  }
}

export const readPem = (certificates: readonly string[]): Certificate[] =>
  certificates.map((pem) => new Certificate(new X509Certificate(pem).raw));
