/** @module nestjs-embedded-postgres */
export { type BackupManifest, requireNoDatabase, takeRestored, unpackBackup } from './backup';
export { EmbeddedPostgres } from './embedded-postgres';
export { DataFolderError } from './data-folder.error';
export { embeddedTypeOrm } from './embedded-typeorm';
