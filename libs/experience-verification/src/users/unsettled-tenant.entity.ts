import { Entity, PrimaryColumn } from 'typeorm';
import type { RpId } from '../webauthn/webauthn-types';

/**
 * A relying party with passkeys from before tenants had users of their own: which of the users are its own is settled
 * by the first start that has it for a tenant.
 */
@Entity('unsettled_tenants')
export class UnsettledTenant {
  @PrimaryColumn('text', { name: 'rp_id', primaryKeyConstraintName: 'unsettled_tenants_pkey' })
  rpId!: RpId;
}
