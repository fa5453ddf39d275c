import { Inject, Injectable, type OnModuleInit } from '@nestjs/common';
import { MODULE_OPTIONS, type ResolvedOptions, Sealing, Secrets } from 'nestjs-passkey-sign-in';
import { PayloadsRepository } from './payloads.repository';
import { PAYLOAD } from './sealed-columns';

export const sealingOfPayloads = (secrets: string[]): Sealing => new Sealing(secrets, PAYLOAD.purpose);

/** Has payloads follow a change of the secret. */
@Injectable()
export class SealedAnew implements OnModuleInit {
  private readonly sealing: Sealing;

  constructor(
    @Inject(MODULE_OPTIONS) { secrets: ofModule }: ResolvedOptions,
    private readonly secrets: Secrets,
    private readonly payloads: PayloadsRepository,
  ) {
    this.sealing = sealingOfPayloads(ofModule);
  }

  onModuleInit(): void {
    this.secrets.add('oidc_payloads', () => this.sealPayloads());
  }

  private async sealPayloads(): Promise<number> {
    let count = 0;
    let after: Buffer | null = Buffer.alloc(0);
    while (after) {
      const rows = await this.payloads.after(after);
      for (const { key, payload } of rows) {
        const sealed = this.sealing.sealAnew(payload, key);
        if (sealed && (await this.payloads.replace(key, payload, sealed))) count += 1;
      }
      after = rows.at(-1)?.key ?? null;
    }
    return count;
  }
}
