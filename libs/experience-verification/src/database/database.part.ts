import type { ModulePart } from '../module-part';
import { ConnectionErrors } from './connection-errors';
import { PreparedStatements } from './prepared-statements';
import { ExpiredRows } from './sweeping/expired-rows.repository';
import { Sweeper } from './sweeping/sweeper.service';

export const databasePart: ModulePart = {
  providers: [ConnectionErrors, PreparedStatements, Sweeper, ExpiredRows],
};
