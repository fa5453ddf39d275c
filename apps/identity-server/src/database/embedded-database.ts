import { DataFolderError, EmbeddedPostgres } from 'nestjs-embedded-postgres';
import { ConfigurationError } from '../configuration';

/** @throws ConfigurationError when the folder can't be opened as it is */
export async function openEmbedded(dataDir: string): Promise<EmbeddedPostgres> {
  try {
    return await EmbeddedPostgres.open(dataDir);
  } catch (error) {
    throw error instanceof DataFolderError ? new ConfigurationError('DATA_DIR', error.message) : error;
  }
}
