import { createHash, type KeyObject, randomBytes, sign } from 'node:crypto';
import { type CBORType, encodeCBOR } from '@levischuck/tiny-cbor';
import type {
  AuthenticationResponseJSON,
  AuthenticatorTransport,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server';
import { type CredentialKey, generateCredentialKey, signWith, SUPPORTED_ALGORITHMS } from './credential-key';

/** A credential that the authenticator holds. */
export interface StoredCredential extends CredentialKey {
  credentialId: string;
  rpId: string;
  userHandle: string;
  counter: number;
}

/** With what an authenticator signs its attestations. */
export interface AttestationKey {
  /** DER, its own first; without the root. */
  certificates: Buffer[];
  privateKey: KeyObject;
}

/** What an attestation statement is made from. */
export interface Attestable {
  authData: Buffer;
  clientDataHash: Buffer;
  credential: StoredCredential;
}

export type StatementMembers = Map<string, CBORType>;

/** Makes a statement of whatever format. */
export type StatementMaker = (made: Attestable) => { format: string; statement: StatementMembers };

/** How the authenticator behaves. Every member may be changed between ceremonies. */
export interface Behaviour {
  /** Origin of the page that calls the client. */
  origin: string;
  /** 16 bytes in hex. */
  aaguid: string;
  /** COSE algorithm identifiers that it can do. */
  algorithms: number[];
  /** Makes the key of a credential, of a COSE algorithm identifier. */
  makeKey: (algorithm: number) => CredentialKey;
  userPresent: boolean;
  userVerified: boolean;
  backupEligible: boolean;
  backedUp: boolean;
  /** `zero`: it keeps none, as synced passkeys do. */
  counter: 'zero' | 'increment';
  transports: AuthenticatorTransport[];
  credentialIdLength: number;
  /** With a key of its own: `packed`, of certificates. */
  attestation: 'none' | 'packed-self' | AttestationKey | StatementMaker;
  /** What credProps says; null: nothing. */
  discoverable: boolean | null;
}

/** Lies for one ceremony: each replaces what an honest client and authenticator would say. */
export interface Overrides {
  origin?: string;
  challenge?: string;
  type?: string;
  crossOrigin?: boolean;
  topOrigin?: string;
  rpId?: string;
  up?: boolean;
  uv?: boolean;
  be?: boolean;
  bs?: boolean;
  counter?: number;
  clientData?: (clientData: Record<string, unknown>) => unknown;
  /** The serialized client data, before it is signed. */
  clientDataJSON?: (json: Buffer) => Buffer;
  /** Authenticator extension outputs, in CBOR. */
  extensionData?: Buffer;
  credentialId?: string;
}

export interface AssertionOverrides extends Overrides {
  userHandle?: string;
  credential?: StoredCredential;
  signature?: (signature: Buffer) => Buffer;
}

const sha256 = (data: string | Buffer) => createHash('sha256').update(data).digest();

const named = (name: string, message: string) => Object.assign(new Error(message), { name });

/** A WebAuthn client and authenticator in software (WebAuthn Level 3, sections 5.1 and 6). */
export class SoftwareAuthenticator implements Behaviour {
  origin = 'http://localhost:3000';
  aaguid = '00000000000000000000000000000000';
  algorithms = SUPPORTED_ALGORITHMS;
  makeKey: Behaviour['makeKey'] = generateCredentialKey;
  userPresent = true;
  userVerified = true;
  backupEligible = true;
  backedUp = true;
  counter: Behaviour['counter'] = 'zero';
  transports: AuthenticatorTransport[] = ['internal', 'hybrid'];
  credentialIdLength = 32;
  attestation: Behaviour['attestation'] = 'none';
  discoverable: boolean | null = true;

  /** Held credentials, oldest first. */
  readonly credentials: StoredCredential[] = [];

  constructor(behaviour: Partial<Behaviour> = {}) {
    Object.assign(this, behaviour);
  }

  /** @throws InvalidStateError when it holds one of excludeCredentials */
  register(options: PublicKeyCredentialCreationOptionsJSON, lies: Overrides = {}): RegistrationResponseJSON {
    const excluded = new Set(options.excludeCredentials?.map(({ id }) => id));
    if (this.credentials.some(({ credentialId }) => excluded.has(credentialId))) {
      throw named('InvalidStateError', 'this authenticator is registered already');
    }
    const algorithm = options.pubKeyCredParams
      .map(({ alg }) => alg)
      .find((alg) => this.algorithms.includes(alg));
    if (algorithm === undefined) throw named('NotSupportedError', 'no algorithm in common');
    const credential: StoredCredential = {
      ...this.makeKey(algorithm),
      credentialId: randomBytes(this.credentialIdLength).toString('base64url'),
      rpId: options.rp.id ?? 'localhost',
      userHandle: options.user.id,
      counter: 0,
    };
    this.credentials.push(credential);
    const clientDataJSON = this.clientData('webauthn.create', options.challenge, lies);
    const authData = Buffer.concat([
      this.authenticatorData(credential, lies, 0x40),
      this.attestedData(credential, lies),
      lies.extensionData ?? Buffer.alloc(0),
    ]);
    const { format, statement } = this.attest({
      authData,
      clientDataHash: sha256(clientDataJSON),
      credential,
    });
    const attestationObject = encodeCBOR(
      new Map<string, CBORType>([
        ['fmt', format],
        ['attStmt', statement],
        ['authData', new Uint8Array(authData)],
      ]),
    );
    const id = lies.credentialId ?? credential.credentialId;
    return {
      id,
      rawId: id,
      type: 'public-key',
      response: {
        clientDataJSON: clientDataJSON.toString('base64url'),
        attestationObject: Buffer.from(attestationObject).toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        transports: this.transports,
        publicKeyAlgorithm: algorithm,
        publicKey: credential.publicKey.export({ format: 'der', type: 'spki' }).toString('base64url'),
      },
      clientExtensionResults: this.discoverable === null ? {} : { credProps: { rk: this.discoverable } },
      authenticatorAttachment: 'platform',
    };
  }

  private attest(made: Attestable): ReturnType<StatementMaker> {
    const { attestation } = this;
    if (typeof attestation === 'function') return attestation(made);
    const statement: StatementMembers = new Map();
    if (attestation === 'none') return { format: 'none', statement };
    const signed = Buffer.concat([made.authData, made.clientDataHash]);
    if (attestation === 'packed-self') {
      const { credential } = made;
      statement.set('alg', credential.algorithm).set('sig', new Uint8Array(signWith(credential, signed)));
    } else {
      const { certificates, privateKey } = attestation;
      statement.set('alg', -7).set('sig', new Uint8Array(sign('sha256', signed, privateKey)));
      statement.set(
        'x5c',
        certificates.map((certificate) => new Uint8Array(certificate)),
      );
    }
    return { format: 'packed', statement };
  }

  /** @throws NotAllowedError when it holds no credential that fits */
  authenticate(
    options: PublicKeyCredentialRequestOptionsJSON,
    lies: AssertionOverrides = {},
  ): AuthenticationResponseJSON {
    const allowed = options.allowCredentials?.map(({ id }) => id);
    const credential =
      lies.credential ??
      this.credentials.findLast(
        ({ rpId, credentialId }) =>
          rpId === options.rpId && (!allowed?.length || allowed.includes(credentialId)),
      );
    if (!credential) throw named('NotAllowedError', 'no credential fits');
    if (this.counter === 'increment') credential.counter += 1;
    const clientDataJSON = this.clientData('webauthn.get', options.challenge, lies);
    const authData = Buffer.concat([
      this.authenticatorData(credential, lies),
      lies.extensionData ?? Buffer.alloc(0),
    ]);
    const signature = signWith(credential, Buffer.concat([authData, sha256(clientDataJSON)]));
    const id = lies.credentialId ?? credential.credentialId;
    const userHandle = lies.userHandle ?? credential.userHandle;
    return {
      id,
      rawId: id,
      type: 'public-key',
      response: {
        clientDataJSON: clientDataJSON.toString('base64url'),
        authenticatorData: authData.toString('base64url'),
        signature: (lies.signature?.(signature) ?? signature).toString('base64url'),
        userHandle: userHandle === 'omit' ? undefined : userHandle,
      },
      clientExtensionResults: {},
      authenticatorAttachment: 'platform',
    };
  }

  /** The same credential in another device: what a cloned authenticator is. */
  clone(): SoftwareAuthenticator {
    const { credentials, ...behaviour } = this;
    const copy = new SoftwareAuthenticator(behaviour);
    copy.credentials.push(...credentials.map((credential) => ({ ...credential })));
    return copy;
  }

  /** CollectedClientData (section 5.8.1). */
  private clientData(type: string, challenge: string, lies: Overrides): Buffer {
    const clientData: Record<string, unknown> = {
      type: lies.type ?? type,
      challenge: lies.challenge ?? challenge,
      origin: lies.origin ?? this.origin,
      crossOrigin: lies.crossOrigin ?? false,
    };
    if (lies.topOrigin !== undefined) clientData['topOrigin'] = lies.topOrigin;
    const json = Buffer.from(JSON.stringify(lies.clientData?.(clientData) ?? clientData));
    return lies.clientDataJSON?.(json) ?? json;
  }

  /** Authenticator data without attested credential data (section 6.1). */
  private authenticatorData({ rpId, counter }: StoredCredential, lies: Overrides, further = 0): Buffer {
    const flag = (bit: number, value: boolean) => (value ? bit : 0);
    const flags =
      flag(0x01, lies.up ?? this.userPresent) |
      flag(0x04, lies.uv ?? this.userVerified) |
      flag(0x08, lies.be ?? this.backupEligible) |
      flag(0x10, lies.bs ?? (this.backupEligible && this.backedUp)) |
      flag(0x80, lies.extensionData !== undefined) |
      further;
    const tail = Buffer.alloc(5);
    tail.writeUInt8(flags, 0);
    tail.writeUInt32BE(lies.counter ?? counter, 1);
    return Buffer.concat([sha256(lies.rpId ?? rpId), tail]);
  }

  /** Attested credential data (section 6.5.1). */
  private attestedData({ credentialId, coseKey }: StoredCredential, lies: Overrides): Buffer {
    const id = Buffer.from(lies.credentialId ?? credentialId, 'base64url');
    const length = Buffer.alloc(2);
    length.writeUInt16BE(id.length);
    return Buffer.concat([Buffer.from(this.aaguid, 'hex'), length, id, coseKey]);
  }
}
