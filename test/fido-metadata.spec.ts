import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Logger } from '@nestjs/common';
import { resolveOptions } from '../libs/experience-verification/src/experience-verification.options';
import { FidoMetadata } from '../libs/experience-verification/src/trust/metadata/fido-metadata';
import { AttestationAuthority } from './support/attestation-authority';

const FIDO2 = '0f0f0f0f-1111-2222-3333-444444444444';
const U2F = '971352025858754008ce97f78adefbb08100764e';
const HOUR_MS = 3_600_000;

const relyingParty = { id: 'localhost', name: 'Test', origins: ['http://localhost:3000'] };

describe('the FIDO metadata', () => {
  let folder: string;
  let path: string;
  let service: AttestationAuthority;
  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'passkey-mds-'));
    path = join(folder, 'blob.jwt');
    service = await AttestationAuthority.create('Metadata service');
    Logger.overrideLogger(false);
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));
  afterEach(() => jest.restoreAllMocks());

  const entry = (named: object, status = 'FIDO_CERTIFIED') => ({ ...named, statusReports: [{ status }] });
  const blob = (status: string, nextUpdate?: string, no?: number) =>
    service.metadataBlob(
      [
        entry({ aaguid: FIDO2 }, status),
        entry({ attestationCertificateKeyIdentifiers: [U2F.toUpperCase()] }, status),
        entry({ aaid: '4e4e#4005' }),
      ],
      nextUpdate,
      no,
    );
  const make = (source: string) => {
    const metadata = { source, rootCertificates: [service.rootPem] };
    return new FidoMetadata(resolveOptions({ relyingParty, metadata }));
  };
  const statusOf = async (metadata: FidoMetadata, model = FIDO2) =>
    (await metadata.entryOf(model))?.statusReports[0]?.status;
  /** A stale BLOB is read again beside its use. */
  const statusAnHourLater = async (metadata: FidoMetadata) => {
    const later = Date.now() + HOUR_MS + 1;
    jest.spyOn(Date, 'now').mockReturnValue(later);
    const read = jest.spyOn(metadata as unknown as { read: () => Promise<unknown> }, 'read');
    await statusOf(metadata);
    for (const { value } of read.mock.results) await value;
    return statusOf(metadata);
  };

  it('has FIDO2 models by AAGUID and those of U2F by key identifier', async () => {
    await writeFile(path, await blob('FIDO_CERTIFIED'));
    const metadata = make(path);
    await metadata.onModuleInit();
    expect(await statusOf(metadata)).toBe('FIDO_CERTIFIED');
    expect(await statusOf(metadata, U2F)).toBe('FIDO_CERTIFIED');
    expect(await statusOf(metadata, '00'.repeat(20))).toBeUndefined();
  });

  it('is read again past its next update', async () => {
    await writeFile(path, await blob('FIDO_CERTIFIED', '2020-01-01', 4));
    const metadata = make(path);
    await metadata.onModuleInit();
    await writeFile(path, await blob('REVOKED', '2020-02-01', 5));
    expect(await statusOf(metadata)).toBe('FIDO_CERTIFIED');
    expect(await statusAnHourLater(metadata)).toBe('REVOKED');
  });

  it('is kept before its next update', async () => {
    await writeFile(path, await blob('FIDO_CERTIFIED'));
    const metadata = make(path);
    await metadata.onModuleInit();
    await writeFile(path, await blob('REVOKED'));
    expect(await statusAnHourLater(metadata)).toBe('FIDO_CERTIFIED');
  });

  it('stays where a new one is refused, whose number has gone back', async () => {
    await writeFile(path, await blob('REVOKED', '2020-01-01', 5));
    const metadata = make(path);
    await metadata.onModuleInit();
    await writeFile(path, await blob('FIDO_CERTIFIED', '2020-02-01', 4));
    expect(await statusAnHourLater(metadata)).toBe('REVOKED');
  });

  it('stays where a new one is signed by somebody else', async () => {
    await writeFile(path, await blob('REVOKED', '2020-01-01'));
    const metadata = make(path);
    await metadata.onModuleInit();
    const other = await AttestationAuthority.create('Metadata service');
    await writeFile(path, await other.metadataBlob([entry({ aaguid: FIDO2 })], '2020-02-01', 9));
    expect(await statusAnHourLater(metadata)).toBe('REVOKED');
  });

  it('starts with files and https only, and http on this machine', () => {
    for (const source of ['http://mds.example/', 'ftp://mds.example/', 'file:///etc/blob', 'data://x']) {
      expect(() => make(source)).toThrow(/metadata.source.*neither a file nor an https URL/);
    }
    for (const source of [
      'https://mds.example/',
      'http://localhost:1/',
      'http://127.0.0.1/',
      'http://[::1]/',
    ]) {
      expect(() => make(source)).not.toThrow();
    }
  });

  it('is not read on when it is longer than any', async () => {
    let sent = 0;
    const source = createServer((_request, response) => {
      const send = (): void => {
        while (response.write(Buffer.alloc(1_048_576, 'A')) && sent < 200) sent++;
        sent++;
        if (sent < 200) response.once('drain', send);
        else response.end();
      };
      send();
    }).listen(0);
    const { port } = source.address() as { port: number };
    await expect(make(`http://127.0.0.1:${port}/`).entryOf(FIDO2)).rejects.toThrow(/more than/);
    expect(sent).toBeLessThan(150);
    source.closeAllConnections();
    source.close();
  });
});
