import type { KoaContextWithOIDC } from 'oidc-provider';

/** What storage is told of the request under way. */
export interface RequestUnderWay {
  sessionId: string | undefined;
  /** Of the client that an authorization request names. */
  clientId: string | undefined;
  /** The code or token that a client shows for tokens. */
  shown: { model: string; id: string } | undefined;
}

/** Of a grant type (RFC 6749, sections 4.1.3 and 6; RFC 8628, section 3.4): what is shown, and by which parameter. */
const SHOWN: Record<string, readonly [model: string, parameter: string]> = {
  authorization_code: ['AuthorizationCode', 'code'],
  refresh_token: ['RefreshToken', 'refresh_token'],
  'urn:ietf:params:oauth:grant-type:device_code': ['DeviceCode', 'device_code'],
};

const text = (value: unknown): string | undefined => (typeof value === 'string' ? value : undefined);

export function requestUnderWay({ oidc, query, path }: KoaContextWithOIDC): RequestUnderWay {
  const [model, parameter] = (path === '/token' && SHOWN[text(oidc.params?.['grant_type']) ?? '']) || [];
  const id = parameter && text(oidc.params?.[parameter]);
  return {
    sessionId: oidc.session?.uid,
    clientId: text(query['client_id']),
    shown: model !== undefined && id ? { model, id } : undefined,
  };
}
