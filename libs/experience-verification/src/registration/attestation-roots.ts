import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { SettingsService } from '@simplewebauthn/server';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';

/** Gives the library the trust anchors of the module's options (WebAuthn Level 3, section 7.1, step 23). */
@Injectable()
export class AttestationRoots implements OnModuleInit {
  constructor(@Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions) {}

  onModuleInit(): void {
    for (const [identifier, certificates] of Object.entries(this.options.attestationRoots)) {
      SettingsService.setRootCertificates({
        identifier: identifier as 'packed',
        certificates: certificates.map((certificate) => new Uint8Array(certificate)),
      });
    }
  }
}
