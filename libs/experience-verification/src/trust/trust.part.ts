import type { ModulePart } from '../module-part';
import { AttestationRoots } from './certificates/attestation-roots';
import { FidoMetadata } from './metadata/fido-metadata';

export const trustPart: ModulePart = { providers: [AttestationRoots, FidoMetadata] };
