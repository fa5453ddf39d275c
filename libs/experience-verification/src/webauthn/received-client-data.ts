import { hash } from 'node:crypto';
import { fromBase64Url } from './webauthn-types';

/** CollectedClientData (WebAuthn Level 3, section 5.8.1) as it came: nothing of it is checked yet. */
export type ClientData = Partial<
  Record<'type' | 'challenge' | 'origin' | 'crossOrigin' | 'topOrigin', unknown>
>;

/** UTF-8 decode, with its byte order mark and replacement characters. */
const utf8 = new TextDecoder();

/** Client data as it came, read once it is asked for. */
export class ReceivedClientData {
  private readBytes?: Buffer;
  private readMembers?: ClientData;

  /** @param clientDataJSON base64url */
  constructor(private readonly clientDataJSON: string) {}

  get bytes(): Buffer {
    return this.decode();
  }

  get members(): ClientData {
    return this.parse();
  }

  /** @throws Error when it is no base64url */
  decode(): Buffer {
    return (this.readBytes ??= decode(this.clientDataJSON));
  }

  /** @throws Error when it is no JSON object */
  parse(): ClientData {
    return (this.readMembers ??= parse(this.bytes));
  }

  /** SHA-256. */
  get hash(): Buffer {
    return hash('sha256', this.bytes, 'buffer');
  }
}

function decode(clientDataJSON: string): Buffer {
  const bytes = fromBase64Url(clientDataJSON);
  if (!bytes) throw new Error('clientDataJSON is not base64url');
  return bytes;
}

function parse(bytes: Buffer): ClientData {
  const members: unknown = JSON.parse(utf8.decode(bytes));
  if (typeof members !== 'object' || members === null) throw new Error('clientDataJSON is not an object');
  return members;
}
