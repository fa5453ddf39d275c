import { decodePartialCBOR, encodeCBOR, type CBORType } from '@levischuck/tiny-cbor';
import { peerInput, type PeerInput } from './peer-input';
import { judgeAttestation } from '../fuzz/targets';

type Members = Map<string, CBORType>;

const ACCEPTED = { accepted: expect.stringContaining('"attestationFormat":"compound"') };
const REFUSED = { refused: 'session.mfa.webauthn_verification_failed' };

/** The peer's compound attestation of two packed statements, with others in their place. */
function compound(change: (statements: Members[]) => CBORType): PeerInput {
  const input = structuredClone(peerInput('compound-of-two-packed'));
  const bytes = Buffer.from(input.payload.response.attestationObject, 'base64url');
  const [object] = decodePartialCBOR(new Uint8Array(bytes), 0) as [Members, number];
  object.set('attStmt', change(object.get('attStmt') as Members[]));
  input.payload.response.attestationObject = Buffer.from(encodeCBOR(object)).toString('base64url');
  return input;
}

const forged = (statement: Members): Members => {
  const members = new Map(statement.get('attStmt') as unknown as Members);
  const signature = Uint8Array.from(members.get('sig') as Uint8Array);
  signature[signature.length - 1]! ^= 1;
  return new Map<string, CBORType>([
    ['fmt', 'packed'],
    ['attStmt', members.set('sig', signature)],
  ]);
};

describe('a compound attestation (section 8.9)', () => {
  it.each<[string, (statements: Members[]) => CBORType, object, object]>([
    ['of two right statements', (all) => all, ACCEPTED, ACCEPTED],
    ['whose second statement is forged', ([one, two]) => [one!, forged(two!)], REFUSED, ACCEPTED],
    ['whose first statement is forged', ([one, two]) => [forged(one!), two!], REFUSED, ACCEPTED],
    ['whose statements are all forged', (all) => all.map(forged), REFUSED, REFUSED],
    ['of one statement', ([one]) => [one!], REFUSED, REFUSED],
    ['of more statements than anybody makes', ([one]) => Array<Members>(5).fill(one!), REFUSED, REFUSED],
    ['that has a compound one in it', ([one]) => [one!, nested([one!, one!])], REFUSED, REFUSED],
    ['that is no list', ([one]) => one!, REFUSED, REFUSED],
    ['of what is no statement', ([one]) => [one!, 'packed'], REFUSED, REFUSED],
  ])('%s: by every statement, and by any', async (_name, change, byEvery, byAny) => {
    const input = compound(change);
    expect(await judgeAttestation(input)).toMatchObject(byEvery);
    expect(await judgeAttestation(input, undefined, { compoundAttestation: 'any' })).toMatchObject(byAny);
  });
});

const nested = (statements: Members[]): Members =>
  new Map<string, CBORType>([
    ['fmt', 'compound'],
    ['attStmt', statements],
  ]);
