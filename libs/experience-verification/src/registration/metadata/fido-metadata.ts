import { readFile } from 'node:fs/promises';
import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import { type MetadataBLOBPayloadEntry, SettingsService } from '@simplewebauthn/server';
import { MODULE_OPTIONS, type ResolvedOptions } from '../../experience-verification.options';
import { readPem } from '../certificates/attestation-roots';
import type { Certificate } from '../certificates/certificate';
import { readMetadataBlob } from './metadata-blob';

/** How long after a failure the source is asked again. */
const RETRY_MS = 60_000;

/** A BLOB past its `nextUpdate` is asked for again at most so often. */
const REFRESH_MS = 3_600_000;

const DOWNLOAD_TIMEOUT_MS = 30_000;

type Entries = Map<string, MetadataBLOBPayloadEntry>;

/** The FIDO Metadata: what authenticator models are, by AAGUID, from a signed BLOB (FIDO MDS3). */
@Injectable()
export class FidoMetadata implements OnModuleInit {
  private readonly logger = new Logger(FidoMetadata.name);
  private entries: Promise<Entries> | null = null;
  private staleAt = 0;
  private readonly roots: readonly Certificate[];

  constructor(@Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions) {
    const builtIn = SettingsService.getRootCertificates({ identifier: 'mds' });
    this.roots = readPem(options.metadata?.rootCertificates ?? builtIn);
  }

  /** A file is read at start, so that a wrong one stops the server; a URL is asked when it is needed. */
  async onModuleInit(): Promise<void> {
    const { metadata } = this.options;
    if (!metadata) return;
    if (!isUrl(metadata.source)) await this.current();
  }

  /**
   * The entry of a model; undefined when there is none.
   * @throws Error when the BLOB can't be read, or its signature is wrong
   */
  async entryOf(aaguid: string): Promise<MetadataBLOBPayloadEntry | undefined> {
    return (await this.current()).get(aaguid);
  }

  /** The entries in use: read again once they are stale; the old ones stay when that fails. */
  private current(): Promise<Entries> {
    if (this.entries && Date.now() < this.staleAt) return this.entries;
    const previous = this.entries;
    this.staleAt = Date.now() + RETRY_MS;
    this.entries = this.read().catch((error: unknown) => {
      this.logger.error({ problem: 'the FIDO metadata could not be read', cause: String(error) });
      if (previous) return previous;
      this.entries = null;
      throw error;
    });
    return this.entries;
  }

  private async read(): Promise<Entries> {
    const source = this.options.metadata?.source ?? '';
    const { entries, nextUpdate } = readMetadataBlob((await textOf(source)).trim(), this.roots);
    this.staleAt = Math.max(nextUpdate.getTime(), Date.now() + REFRESH_MS);
    return new Map(entries.flatMap((entry) => (entry.aaguid ? [[entry.aaguid, entry]] : [])));
  }
}

const isUrl = (source: string): boolean => /^https?:/.test(source);

async function textOf(source: string): Promise<string> {
  if (!isUrl(source)) return readFile(source, 'utf8');
  const answer = await fetch(source, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (!answer.ok) throw new Error(`${source} answered ${answer.status}`);
  return answer.text();
}
