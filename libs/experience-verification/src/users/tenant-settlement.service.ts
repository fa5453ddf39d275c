import { Inject, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { InjectDataSource } from '@nestjs/typeorm';
import { DataSource, type EntityManager } from 'typeorm';
import { TABLES } from '../database/tables';
import { MODULE_OPTIONS, type ResolvedOptions } from '../experience-verification.options';
import { DEFAULT_TENANT, type RelyingParty } from '../webauthn/relying-party';

/**
 * Users from before each tenant had its own become those of the tenant that all their passkeys are of, once; whoever has
 * passkeys at several, or none, stays with the module's own relying party. Only a start knows which tenants there are:
 * a migration does not.
 */
@Injectable()
export class TenantSettlement implements OnApplicationBootstrap {
  private readonly logger = new Logger(TenantSettlement.name);

  constructor(
    @InjectDataSource() private readonly dataSource: DataSource,
    @Inject(TABLES) private readonly tables: string,
    @Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions,
  ) {}

  async onApplicationBootstrap(): Promise<void> {
    const unsettled = await this.dataSource.query<{ id: string }[]>(
      `SELECT rp_id AS id FROM ${this.tables}unsettled_tenants`,
    );
    for (const relyingParty of this.options.relyingParties.all) {
      if (!unsettled.some(({ id }) => id === relyingParty.id)) continue;
      const users = await this.dataSource.transaction((transaction) =>
        this.settle(relyingParty, transaction),
      );
      if (users > 0) this.logger.log(`${users} users are those of tenant ${relyingParty.tenant} from now on`);
    }
  }

  /** @returns how many users the tenant got */
  private async settle({ id, tenant }: RelyingParty, transaction: EntityManager): Promise<number> {
    const [, taken] = await transaction.query<[unknown, number]>(
      `DELETE FROM ${this.tables}unsettled_tenants WHERE rp_id = $1`,
      [id],
    );
    if (taken === 0 || tenant === DEFAULT_TENANT) return 0;
    const [, moved] = await transaction.query<[unknown, number]>(
      `UPDATE ${this.tables}users u SET tenant = $2
        WHERE u.tenant = '${DEFAULT_TENANT}'
          AND u.id IN (SELECT user_id FROM ${this.tables}credential_records WHERE rp_id = $1)
          AND NOT EXISTS (SELECT FROM ${this.tables}credential_records c WHERE c.user_id = u.id AND c.rp_id <> $1)`,
      [id, tenant],
    );
    await transaction.query(
      `UPDATE ${this.tables}user_identifiers i SET tenant = u.tenant FROM ${this.tables}users u
        WHERE u.id = i.user_id AND u.tenant = $1 AND i.tenant <> u.tenant`,
      [tenant],
    );
    return moved;
  }
}
