import { Inject, Injectable } from '@nestjs/common';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import type { Caller } from '../ports/http-exchange';
import { AdministratorsService } from './administrators.service';

/** How an installation that nobody uses yet gets its first administrator, of the relying party that is no tenant. */
@Injectable()
export class FirstAdministrator {
  constructor(
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
    private readonly administrators: AdministratorsService,
  ) {}

  /**
   * A URL by which whoever opens it within an hour, and signs in, is an administrator; null where anybody has an account, or
   * such a URL is good still. Of several servers that ask at once, one gets it.
   */
  async makeLink(caller: Caller): Promise<string | null> {
    const relyingParty = this.options.relyingParties.own;
    const link = await this.administrators.createFirstLink({ relyingParty, caller });
    return link?.url ?? null;
  }
}
