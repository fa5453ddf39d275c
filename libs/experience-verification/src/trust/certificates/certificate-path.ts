import type { Certificate } from './certificate';

export interface PathRules {
  /** Milliseconds: when the certificates have to be valid. */
  time: number;
  /** Whether one that has been valid is as good. */
  ignoreExpiry?: boolean;
}

/**
 * Whether certificates are trustworthy (WebAuthn Level 3, section 7.1, step 24): the first is one of the anchors, or
 * issued under one of them, directly or by others of the certificates. Their order tells nothing, and one may come
 * twice. Nothing is asked of the network, revocation lists included.
 * @param certificates that which attests, and those that came with it in any order
 * @throws Error with the reason when they are not
 */
export function assertLeadsToAnchor(
  [first, ...others]: readonly Certificate[],
  anchors: readonly Certificate[],
  rules: PathRules,
): void {
  if (!first) throw new Error('there is no certificate');
  const search = new PathSearch(others, anchors, rules);
  if (search.leadsToAnchor(first, [])) return;
  const why = search.refused.size > 0 ? ` (${[...search.refused].join('; ')})` : '';
  throw new Error(`the certificates lead to no accepted root${why}`);
}

/** Looks at every path, of which six certificates have few, and verifies each signature once. */
class PathSearch {
  /** Why certificates that it met were of no use. */
  readonly refused = new Set<string>();
  private readonly issuers: readonly Certificate[];
  private readonly issued = new Map<Certificate, Map<Certificate, boolean>>();

  constructor(
    others: readonly Certificate[],
    private readonly anchors: readonly Certificate[],
    private readonly rules: PathRules,
  ) {
    this.issuers = distinct([...anchors, ...others]);
  }

  /** @param path the certificates that led here, the first being that which attests */
  leadsToAnchor(certificate: Certificate, path: readonly Certificate[]): boolean {
    if (!this.isValid(certificate)) return false;
    if (this.anchors.some((anchor) => anchor.equals(certificate))) return true;
    const longer = [...path, certificate];
    return this.issuers.some(
      (issuer) =>
        !longer.some((one) => one.equals(issuer)) &&
        this.hasIssued(issuer, certificate) &&
        this.mayIssue(issuer, longer) &&
        this.leadsToAnchor(issuer, longer),
    );
  }

  private isValid(certificate: Certificate): boolean {
    const { time, ignoreExpiry } = this.rules;
    if (!certificate.hasBegun(time)) return this.refuse('one is not valid yet');
    if (!ignoreExpiry && certificate.hasExpired(time)) return this.refuse('one has expired');
    return true;
  }

  /** RFC 5280, section 6.1.4: authorities, within the length of path that they allow. */
  private mayIssue(issuer: Certificate, path: readonly Certificate[]): boolean {
    if (!issuer.isAuthority) return this.refuse('an issuer is no certificate authority');
    if (issuer.hasUnknownCriticalExtension) return this.refuse('an issuer has an unknown critical extension');
    const between = path.slice(1).filter(({ isSelfIssued }) => !isSelfIssued).length;
    if (between > (issuer.pathLength ?? Infinity)) return this.refuse('an issuer allows a shorter path only');
    return true;
  }

  private hasIssued(issuer: Certificate, certificate: Certificate): boolean {
    const known = this.issued.get(certificate) ?? new Map<Certificate, boolean>();
    this.issued.set(certificate, known);
    const issued = known.get(issuer) ?? (certificate.namesAsIssuer(issuer) && certificate.isSignedBy(issuer));
    known.set(issuer, issued);
    return issued;
  }

  private refuse(reason: string): false {
    this.refused.add(reason);
    return false;
  }
}

const distinct = (certificates: readonly Certificate[]): Certificate[] =>
  certificates.filter((one, at) => certificates.findIndex((other) => other.equals(one)) === at);
