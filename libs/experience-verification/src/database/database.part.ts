import { getDataSourceToken } from '@nestjs/typeorm';
import type { DataSource } from 'typeorm';
import type { ModulePart } from '../module-part';
import { ConnectionErrors } from './connection-errors';
import { PreparedStatements } from './prepared-statements';
import { SCHEMA, schemaOf } from './schema';
import { Secrets } from './secrets/secrets.service';
import { ExpiredRows } from './sweeping/expired-rows.repository';
import { Sweeper } from './sweeping/sweeper.service';

/** @param schema that the host has told the module; the DataSource's entities must be in it */
export const databasePart = (schema: string | undefined): ModulePart => ({
  providers: [
    {
      provide: SCHEMA,
      inject: [getDataSourceToken()],
      useFactory: (dataSource: DataSource) => schemaOf(dataSource, schema),
    },
    ConnectionErrors,
    PreparedStatements,
    Secrets,
    Sweeper,
    ExpiredRows,
  ],
});
