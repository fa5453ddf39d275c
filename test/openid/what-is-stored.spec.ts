import { MODULE_OPTIONS, type ResolvedOptions } from 'nestjs-passkey-sign-in';
import type { default as Provider } from 'oidc-provider';
import { checkApplication, URIS } from '../../libs/openid-provider/src/applications/application-check';
import type { CreateApplicationDto } from '../../libs/openid-provider/src/applications/application.dto';
import { toApplication } from '../../libs/openid-provider/src/applications/applications.service';
import { APPLICATION_TYPES, type ApplicationType } from '../../libs/openid-provider/src/ports/application';
import { metadataOf } from '../../libs/openid-provider/src/provider/configuration';
import { Issuers } from '../../libs/openid-provider/src/provider/issuers';
import { makeKeyPair } from '../../libs/experience-verification/src/webauthn/key-pair';
import { TestServer } from '../support/test-server';

const ADDRESSES = [
  ...['https://a.example/', 'https://a.example:8443/b?c=d', 'HTTPS://A.EXAMPLE/', 'https://ä.example/ö'],
  ...['https://localhost/', 'https://LOCALHOST:1/', 'https://127.0.0.1/', 'https://127.1/', 'https://[::1]/'],
  ...['http://localhost/', 'http://127.0.0.1:1/', 'http://[::1]/', 'http://[::1]:1/', 'http://a.example/'],
  ...['http://127.0.0.2/', 'http://localhost./', 'http://app.localhost/', 'https://a.example/#b'],
  ...['https://a.example/#', 'https://u:p@a.example/', 'https://*.example/', 'https:a.example', 'https:/a'],
  ...['com.example.app:/b', 'com.example.app://b', 'COM.example.app:/b', 'com.example.app:', 'app:/b'],
  ...['javascript:alert(1)', 'vbscript:a', 'data:,a', 'blob:https://a.example/b', 'file:///a', 'about:blank'],
  ...[
    'ws://a.example/',
    'ftp://a.example/',
    'urn:a:b',
    '/b',
    '',
    ' ',
    'a',
    '//a.example/',
    'https://a.example/\n',
  ],
];

const OF_KEYS = [
  ...[{ kid: 'a' }, { kid: '' }, { kid: 1 }, { kid: null }, { alg: 'ES256' }, { alg: '' }, { alg: 1 }],
  ...[{ use: 'sig' }, { use: [] }, { x5c: ['a'] }, { x5c: [] }, { x5c: 'a' }, { x5c: [1] }, { x5c: null }],
  ...[{ kty: 'oct' }, { kty: 1 }, { crv: 'P-257' }, { x: 1 }, { d: 'a' }],
];

/** What oidc-provider refuses of a client it refuses at each request, when nobody looks who could mend it. */
describe('what is stored as an application', () => {
  let server: TestServer;
  let provider: Provider;
  beforeAll(async () => {
    server = await TestServer.start();
    const { relyingParties } = server.app.get<ResolvedOptions>(MODULE_OPTIONS, { strict: false });
    ({ provider } = await server.app.get(Issuers, { strict: false }).of(relyingParties.own));
  });
  afterAll(() => server.stop());

  const isTaken = (act: () => unknown): boolean => {
    try {
      act();
      return true;
    } catch {
      return false;
    }
  };

  /** Those of these members that are taken here, and by oidc-provider no more. */
  const refusedLater = (type: ApplicationType, all: Partial<CreateApplicationDto>[]) => {
    const Client = provider.Client as unknown as new (metadata: object) => object;
    const isLedBack = type !== 'machine' && type !== 'device';
    const stored = all
      .map((members) => ({
        members,
        application: toApplication(
          { name: 'A', type, redirectUris: isLedBack ? ['https://a.example/'] : [], ...members },
          '0199e1b0-6c1e-7cc3-a1f2-3d4e5f607182',
          'localhost',
        ),
      }))
      .filter(({ application }) =>
        isTaken(() => {
          checkApplication(application);
        }),
      );
    expect(stored.length).toBeGreaterThan(0);
    return stored
      .filter(({ application }) => !isTaken(() => new Client(metadataOf(application))))
      .map(({ members }) => JSON.stringify(members));
  };

  it.each(APPLICATION_TYPES)('has addresses that oidc-provider takes: of type %s', (type) => {
    const members = ADDRESSES.flatMap((uri) => [
      { redirectUris: [uri] },
      { redirectUris: [uri], subjectType: 'pairwise' as const },
      { postLogoutRedirectUris: [uri] },
      ...URIS.map((name) => ({ [name]: uri })),
    ]);
    expect(refusedLater(type, [...members, { redirectUris: [] }])).toEqual([]);
  });

  it.each(APPLICATION_TYPES)('has keys that oidc-provider takes: of type %s', (type) => {
    const key = makeKeyPair('ec', { namedCurve: 'P-256' }).publicKey.export({ format: 'jwk' });
    const members = OF_KEYS.map((more) => ({ jwks: { keys: [{ ...key, ...more }] } }));
    expect(refusedLater(type, members)).toEqual([]);
  });
});
