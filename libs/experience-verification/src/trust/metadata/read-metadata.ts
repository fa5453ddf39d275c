import { SettingsService } from '@simplewebauthn/server';
import type { MetadataOptions } from '../../experience-verification.options';
import { readPem } from '../certificates/attestation-roots';
import type { Certificate } from '../certificates/certificate';
import { type MetadataBlob, readMetadataBlob } from './metadata-blob';
import { textOf } from './metadata-source';

/** The FIDO Metadata is not where it should be, or not to be trusted. */
export class MetadataError extends Error {}

/**
 * The roots that a BLOB's signature must chain to.
 * @throws Error when one can't be read
 */
export const metadataRootsOf = ({ rootCertificates }: Partial<MetadataOptions>): Certificate[] =>
  readPem(rootCertificates ?? SettingsService.getRootCertificates({ identifier: 'mds' }));

/**
 * The BLOB that is at the source now, once its signature is verified.
 * @throws MetadataError with the reason when there is none
 */
export async function readMetadata(
  options: MetadataOptions,
  roots: readonly Certificate[] = metadataRootsOf(options),
): Promise<MetadataBlob> {
  const { source } = options;
  try {
    return readMetadataBlob((await textOf(source)).trim(), roots);
  } catch (error) {
    throw new MetadataError(`${source} can't be used: ${(error as Error).message}`, { cause: error });
  }
}
