import { Inject, Injectable, Logger, type OnModuleInit } from '@nestjs/common';
import type { MetadataBLOBPayloadEntry } from '@simplewebauthn/server';
import { MODULE_OPTIONS, type ResolvedOptions } from '../../experience-verification.options';
import type { Certificate } from '../certificates/certificate';
import type { MetadataBlob } from './metadata-blob';
import { assertIsMetadataSource, isUrl } from './metadata-source';
import { MetadataError, metadataRootsOf, readMetadata } from './read-metadata';

/** How long after a failure the source is asked again. */
const RETRY_MS = 60_000;

/** A BLOB past its `nextUpdate` is asked for again at most so often. */
const REFRESH_MS = 3_600_000;

/** A BLOB in use, its entries by what names their model. */
interface Current {
  no: number;
  byModel: Map<string, MetadataBLOBPayloadEntry>;
}

/** The FIDO Metadata: what authenticator models are, from a signed BLOB (FIDO MDS3). */
@Injectable()
export class FidoMetadata implements OnModuleInit {
  private readonly logger = new Logger(FidoMetadata.name);
  private readonly roots: readonly Certificate[];
  private current: Current | null = null;
  private reading: Promise<Current> | null = null;
  private staleAt = 0;

  /** @throws Error when the source is not allowed, or a root can't be read */
  constructor(@Inject(MODULE_OPTIONS) private readonly options: ResolvedOptions) {
    this.roots = metadataRootsOf(options.metadata ?? {});
    if (options.metadata) assertIsMetadataSource(options.metadata.source);
  }

  /**
   * A file is read at start, so that a wrong one stops the server; a URL is asked meanwhile, and again when it is needed.
   * @throws MetadataError when the file can't be used
   */
  async onModuleInit(): Promise<void> {
    const { metadata } = this.options;
    if (!metadata) return;
    if (isUrl(metadata.source)) this.use().catch(() => undefined);
    else this.take(await readMetadata(metadata, this.roots));
  }

  /**
   * The entry of a model; undefined when there is none.
   * @param model an AAGUID or, of U2F authenticators, the key identifier of the attestation certificate in hex
   * @throws Error when no BLOB could be read, or its signature is wrong
   */
  async entryOf(model: string): Promise<MetadataBLOBPayloadEntry | undefined> {
    return (await this.use()).byModel.get(model);
  }

  /** The BLOB in use. Once it is stale it is read again beside its use, and stays when that fails. */
  private use(): Promise<Current> {
    if (!this.reading && Date.now() >= this.staleAt) this.reading = this.read();
    if (this.current) return Promise.resolve(this.current);
    return (this.reading ??= this.read());
  }

  private async read(): Promise<Current> {
    this.staleAt = Date.now() + RETRY_MS;
    const { metadata } = this.options;
    try {
      if (!metadata) throw new MetadataError('there is none');
      return this.take(await readMetadata(metadata, this.roots));
    } catch (error) {
      this.logger.error({ problem: 'the FIDO metadata could not be read', cause: String(error) });
      if (this.current) return this.current;
      throw error;
    } finally {
      this.reading = null;
    }
  }

  /** Section 3.2: a BLOB whose number has gone back is none to use. */
  private take({ no, nextUpdate, entries }: MetadataBlob): Current {
    if (this.current && no < this.current.no) {
      throw new Error(`the FIDO metadata has the number ${no}, after ${this.current.no}`);
    }
    if (nextUpdate.getTime() < Date.now()) {
      this.logger.warn({ problem: 'the FIDO metadata is past its next update', nextUpdate });
    }
    this.staleAt = Math.max(nextUpdate.getTime(), Date.now() + REFRESH_MS);
    this.current = { no, byModel: new Map(entries.flatMap(modelsOf)) };
    return this.current;
  }
}

/** A FIDO2 model is named by its AAGUID, one of U2F by the keys of its attestation certificates. */
const modelsOf = (entry: MetadataBLOBPayloadEntry): [string, MetadataBLOBPayloadEntry][] =>
  [entry.aaguid, ...(entry.attestationCertificateKeyIdentifiers ?? [])]
    .filter((model) => model !== undefined)
    .map((model) => [model.toLowerCase(), entry]);
