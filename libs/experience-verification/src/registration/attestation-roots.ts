import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SettingsService } from '@simplewebauthn/server';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';

const FORMATS = ['android-key', 'android-safetynet', 'apple', 'fido-u2f', 'packed', 'tpm'] as const;

/** The library's own roots, which it would forget once others are given. */
const BUILT_IN = new Map(
  FORMATS.map((identifier) => [identifier, SettingsService.getRootCertificates({ identifier })]),
);

/**
 * Gives the library the trust anchors of the module's options (WebAuthn Level 3, section 7.1, step 23). It keeps them
 * for all of the process: those of a module that was there before are taken back.
 */
@Injectable()
export class AttestationRoots implements OnModuleInit {
  constructor(@Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions) {}

  onModuleInit(): void {
    const own: Record<string, readonly Uint8Array[] | undefined> = this.options.attestationRoots;
    for (const identifier of FORMATS) {
      const certificates =
        own[identifier]?.map((certificate) => new Uint8Array(certificate)) ?? BUILT_IN.get(identifier) ?? [];
      SettingsService.setRootCertificates({ identifier, certificates });
    }
  }
}
