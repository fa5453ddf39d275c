import { X509Certificate } from 'node:crypto';
import { Extension } from '@peculiar/x509';
import { Certificate } from '../../libs/experience-verification/src/trust/certificates/certificate';
import { assertLeadsToAnchor } from '../../libs/experience-verification/src/trust/certificates/certificate-path';
import { readCertificates } from '../../libs/experience-verification/src/trust/certificates/received-certificates';
import { type Certified, certify, newKeys } from '../support/certificates';

const certificateOf = ({ der }: Certified) => new Certificate(der);

function judge(path: Certified[], anchors: Certified[], ignoreExpiry = false): string {
  try {
    assertLeadsToAnchor(path.map(certificateOf), anchors.map(certificateOf), {
      time: Date.now(),
      ignoreExpiry,
    });
    return 'accepted';
  } catch (error) {
    return (error as Error).message;
  }
}

const NOT_FOUND = /no accepted root/;

describe("an attestation's certificates", () => {
  let root: Certified;
  let intermediate: Certified;
  let lower: Certified;
  let leaf: Certified;
  let stranger: Certified;
  beforeAll(async () => {
    root = await certify({ name: 'CN=Root', authority: true });
    intermediate = await certify({ name: 'CN=Intermediate', issuer: root, authority: true });
    lower = await certify({ name: 'CN=Lower', issuer: intermediate, authority: true });
    leaf = await certify({ name: 'CN=Leaf', issuer: lower });
    stranger = await certify({ name: 'CN=Stranger', authority: true });
  });

  it('lead to an anchor that did not come with them, or came as the last', () => {
    expect(judge([leaf, lower, intermediate], [root])).toBe('accepted');
    expect(judge([leaf, lower, intermediate, root], [root])).toBe('accepted');
  });

  it('may come in any order after the first, and twice, under anchors in any order, and twice', () => {
    expect(judge([leaf, intermediate, root, lower], [stranger, root])).toBe('accepted');
    expect(judge([leaf, intermediate, lower, lower, intermediate, leaf], [root, root, stranger])).toBe(
      'accepted',
    );
    expect(judge([leaf, stranger, intermediate, lower], [root, stranger])).toBe('accepted');
  });

  it('may end in an anchor that is no root, or be one themselves', () => {
    expect(judge([leaf, lower], [intermediate])).toBe('accepted');
    expect(judge([leaf, lower, intermediate], [lower])).toBe('accepted');
    expect(judge([leaf], [leaf])).toBe('accepted');
    expect(judge([leaf, lower], [stranger, leaf])).toBe('accepted');
  });

  it('are refused when they lead elsewhere, are not linked, or something is missing', () => {
    expect(judge([leaf, lower, intermediate], [stranger])).toMatch(NOT_FOUND);
    expect(judge([leaf, lower, intermediate], [])).toMatch(NOT_FOUND);
    expect(judge([leaf, intermediate], [root])).toMatch(NOT_FOUND);
    expect(judge([leaf, root], [root])).toMatch(NOT_FOUND);
    expect(judge([stranger, root], [root])).toMatch(NOT_FOUND);
    expect(judge([], [root])).toMatch(/no certificate/);
  });

  it('are refused under an anchor of the same name whose key did not sign them', async () => {
    const impostor = await certify({ name: 'CN=Intermediate', authority: true });
    expect(judge([leaf, lower, impostor], [root])).toMatch(NOT_FOUND);
    expect(judge([leaf, lower], [impostor])).toMatch(NOT_FOUND);
  });

  it('are taken under either root while one follows another of the same name', async () => {
    const successor = await certify({ name: 'CN=Root', authority: true });
    const under = await certify({ name: 'CN=New', issuer: successor });
    for (const anchors of [
      [root, successor],
      [successor, root],
    ]) {
      expect(judge([leaf, lower, intermediate], anchors)).toBe('accepted');
      expect(judge([under], anchors)).toBe('accepted');
    }
    expect(judge([under], [root])).toMatch(NOT_FOUND);
  });

  it('are taken by a root that another has signed, whichever of the two is the anchor', async () => {
    const older = await certify({ name: 'CN=Older', authority: true });
    const crossed = await certify({ name: 'CN=Root', issuer: older, keys: root.keys, authority: true });
    expect(judge([leaf, lower, intermediate, crossed], [older])).toBe('accepted');
    expect(judge([leaf, lower, intermediate, crossed], [root])).toBe('accepted');
    expect(judge([leaf, lower, intermediate], [crossed])).toBe('accepted');
    expect(judge([leaf, lower, intermediate, root, crossed], [older])).toBe('accepted');
    const mutual = await certify({ name: 'CN=Older', issuer: root, keys: older.keys, authority: true });
    expect(judge([leaf, lower, intermediate, crossed, mutual], [stranger])).toMatch(NOT_FOUND);
  });

  describe('that are not valid now', () => {
    const chain = async (expired: 'root' | 'issuer' | 'leaf', from: number, until: number) => {
      const validity = (one: string) => (one === expired ? { from, until } : {});
      const anchor = await certify({ name: 'CN=R', authority: true, ...validity('root') });
      const issuer = await certify({ name: 'CN=I', issuer: anchor, authority: true, ...validity('issuer') });
      return [await certify({ name: 'CN=L', issuer, ...validity('leaf') }), issuer, anchor] as const;
    };

    it.each(['leaf', 'issuer', 'root'] as const)(
      'are taken after expiry of the %s by policy only',
      async (which) => {
        const [last, issuer, anchor] = await chain(which, -9, -1);
        expect(judge([last, issuer], [anchor])).toMatch(/expired/);
        expect(judge([last, issuer], [anchor], true)).toBe('accepted');
      },
    );

    it('are refused before they begin, whatever the policy', async () => {
      const [last, issuer, anchor] = await chain('leaf', 1, 9);
      expect(judge([last, issuer], [anchor])).toMatch(/not valid yet/);
      expect(judge([last, issuer], [anchor], true)).toMatch(/not valid yet/);
    });

    it('are taken by another certificate of the same key that is', async () => {
      const [last, issuer, anchor] = await chain('issuer', -9, -1);
      const renewed = await certify({ name: 'CN=I', issuer: anchor, keys: issuer.keys, authority: true });
      expect(judge([last, issuer, renewed], [anchor])).toBe('accepted');
      expect(judge([last, renewed, issuer], [anchor])).toBe('accepted');
    });
  });

  it('are refused when an issuer is no authority, or may not sign certificates', async () => {
    const liar = await certify({ name: 'CN=Liar', issuer: root, signsCertificates: true });
    const issued = await certify({ issuer: liar });
    expect(judge([issued, liar], [root])).toMatch(/no certificate authority/);
    expect(judge([issued], [liar])).toMatch(/no certificate authority/);
    const mute = await certify({ name: 'CN=Mute', issuer: root, authority: true, signsCertificates: false });
    expect(judge([await certify({ issuer: mute }), mute], [root])).toMatch(NOT_FOUND);
  });

  it('are refused when the path is longer than an issuer allows', async () => {
    const short = await certify({ name: 'CN=Short', authority: 0 });
    const between = await certify({ name: 'CN=Between', issuer: short, authority: true });
    expect(judge([await certify({ issuer: short })], [short])).toBe('accepted');
    expect(judge([await certify({ issuer: between }), between], [short])).toMatch(/shorter path/);
  });

  it('are refused when an issuer has a critical extension that nobody knows', async () => {
    const extension = (critical: boolean) => new Extension('1.2.3.4', critical, Buffer.of(5, 0));
    const odd = await certify({
      name: 'CN=Odd',
      issuer: root,
      authority: true,
      extensions: [extension(true)],
    });
    expect(judge([await certify({ issuer: odd }), odd], [root])).toMatch(/critical extension/);
    const fine = await certify({
      name: 'CN=Fine',
      issuer: root,
      authority: true,
      extensions: [extension(false)],
    });
    expect(judge([await certify({ issuer: fine }), fine], [root])).toBe('accepted');
  });

  it('are at most six, of 16 kB in all, and nothing but DER', () => {
    const { der } = leaf;
    expect(readCertificates(Array.from({ length: 6 }, () => der))).toHaveLength(6);
    expect(() => readCertificates(Array.from({ length: 7 }, () => der))).toThrow(/at most 6/);
    expect(() => readCertificates([der, Buffer.alloc(16_384)])).toThrow(/at most 16384/);
    expect(() => readCertificates([Buffer.from(new X509Certificate(der).toString())])).toThrow();
    expect(() => readCertificates([der.toString('base64')])).toThrow(/not bytes/);
    expect(() => readCertificates(der)).toThrow(/not a list/);
  });

  it('have each signature verified once, however many ways there are', async () => {
    const keys = await newKeys();
    const name = 'CN=Same';
    const self: Certified = { name, keys, der: Buffer.alloc(0) };
    const same = [];
    for (let count = 0; count < 6; count++)
      same.push(await certify({ name, keys, issuer: self, authority: true }));
    const verify = jest.spyOn(Certificate.prototype, 'isSignedBy');
    expect(judge(same, [stranger])).toMatch(NOT_FOUND);
    expect(verify.mock.calls.length).toBeLessThanOrEqual(36);
    verify.mockRestore();
  });
});
