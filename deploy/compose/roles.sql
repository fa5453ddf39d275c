-- The roles of docs/database.md#roles; PostgreSQL's image has psql run this once, on an empty volume.
SELECT rtrim(pg_read_file('/run/secrets/migration-password'), E'\n') AS migration,
  rtrim(pg_read_file('/run/secrets/runtime-password'), E'\n') AS runtime \gset
CREATE ROLE passkey_migration LOGIN PASSWORD :'migration';
CREATE ROLE passkey_runtime LOGIN PASSWORD :'runtime';
CREATE DATABASE passkey OWNER passkey_migration;
\connect passkey
CREATE SCHEMA passkey AUTHORIZATION passkey_migration;
GRANT USAGE ON SCHEMA passkey TO passkey_runtime;
ALTER DEFAULT PRIVILEGES FOR ROLE passkey_migration IN SCHEMA passkey
  GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO passkey_runtime;
