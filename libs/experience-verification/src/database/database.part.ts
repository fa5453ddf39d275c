import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { ModulePart } from '../module-part';
import { ConnectionErrors } from './connection-errors';
import { PreparedStatements } from './prepared-statements';
import type { SchemaOptions } from './schema.options';
import { tableNamesOf, TABLES } from './tables';
import { Secrets } from './secrets/secrets.service';
import { ExpiredRows } from './sweeping/expired-rows.repository';
import { Sweeper } from './sweeping/sweeper.service';

/** @param expected what the host has told the module; the DataSource's entities must be the same */
export const databasePart = (expected: SchemaOptions): ModulePart => ({
  providers: [
    {
      provide: TABLES,
      inject: [getDataSourceToken()],
      useFactory: (dataSource: DataSource) => tableNamesOf(dataSource, expected).tables,
    },
    ConnectionErrors,
    PreparedStatements,
    Secrets,
    Sweeper,
    ExpiredRows,
  ],
});
