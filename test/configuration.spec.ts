import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError, readConfiguration } from '../apps/identity-server/src/configuration';
import { variablesRead } from './support/variables-read';

describe('the configuration', () => {
  it('has defaults for everything', () => {
    expect(readConfiguration({})).toMatchObject({
      port: 3000,
      host: 'localhost',
      databaseUrl: undefined,
      rpId: 'localhost',
      rpOrigins: ['http://localhost:3000'],
      challengeTtlSeconds: undefined,
      accountEnumeration: 'reveal',
      managementApiToken: undefined,
      logLevel: 'info',
    });
    expect(readConfiguration({ PORT: '8080' }).rpOrigins).toEqual(['http://localhost:8080']);
  });

  it('takes an empty variable as unset', () => {
    expect(readConfiguration({ PORT: '', RP_ID: ' ', MANAGEMENT_API_TOKEN: '' })).toMatchObject({
      port: 3000,
      rpId: 'localhost',
      managementApiToken: undefined,
    });
  });

  const WEBHOOK_SECRET = `whsec_${Buffer.alloc(32, 7).toString('base64')}`;
  const IN_FILES: [name: string, text: string, found: object, others?: Record<string, string>][] = [
    ['DATABASE_URL', 'postgres://u:hunter2@h/db', { databaseUrl: 'postgres://u:hunter2@h/db' }],
    ['MANAGEMENT_API_TOKEN', 'x'.repeat(32), { managementApiToken: ['x'.repeat(32)] }],
    [
      'MESSAGE_WEBHOOK_SECRET',
      WEBHOOK_SECRET,
      { messageWebhook: { secrets: [WEBHOOK_SECRET] } },
      { MESSAGE_WEBHOOK_URL: 'https://example.com' },
    ],
    ['METRICS_TOKEN', 'hunter2', { metricsToken: ['hunter2'] }],
    [
      'OTEL_EXPORTER_OTLP_HEADERS',
      'api-key=hunter2',
      { telemetry: { traces: { headers: { 'api-key': 'hunter2' } } } },
      { OTEL_TRACES_EXPORTER: 'otlp' },
    ],
    [
      'OTEL_EXPORTER_OTLP_METRICS_HEADERS',
      'api-key=hunter2',
      { telemetry: { metrics: { headers: { 'api-key': 'hunter2', region: 'eu' } } } },
      { OTEL_METRICS_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_HEADERS: 'api-key=of-traces,region=eu' },
    ],
    [
      'OTEL_EXPORTER_OTLP_TRACES_HEADERS',
      'api-key=hunter2',
      { telemetry: { traces: { headers: { 'api-key': 'hunter2', region: 'eu' } } } },
      { OTEL_TRACES_EXPORTER: 'otlp', OTEL_EXPORTER_OTLP_HEADERS: 'api-key=of-metrics,region=eu' },
    ],
    ['REDIS_URL', 'redis://:hunter2@h', { limits: { redisUrl: 'redis://:hunter2@h' } }],
    ['SECRET', 'a secret of many characters', { secrets: ['a secret of many characters'] }],
    [
      'SMTP_URL',
      'smtp://user:hunter2@h',
      { mail: { auth: { user: 'user', pass: 'hunter2' } } },
      { MAIL_FROM: 'no-reply@example.com' },
    ],
    [
      'WEBHOOK_SECRET',
      WEBHOOK_SECRET,
      { webhooks: [{ secret: [WEBHOOK_SECRET] }] },
      { WEBHOOK_URLS: 'https://example.com' },
    ],
    ['WEBHOOK_URLS', 'https://h/hunter2', { webhooks: [{ url: 'https://h/hunter2' }] }, { WEBHOOK_SECRET }],
  ];

  it.each(IN_FILES)('reads %s from a file too', async (name, text, found, others = {}) => {
    const folder = await mkdtemp(join(tmpdir(), 'passkey-secrets-'));
    const path = join(folder, 'file');
    const env = { ...others, [`${name}_FILE`]: path };
    const wrong = new RegExp(`^${name}_FILE: [^\\n]+$`);
    try {
      expect(() => readConfiguration(env)).toThrow(wrong);
      await writeFile(path, '\n');
      expect(() => readConfiguration(env)).toThrow(wrong);
      await writeFile(path, `${text}\n`);
      expect(readConfiguration(env)).toMatchObject(found);
      expect(() => readConfiguration({ ...env, [name]: text })).toThrow(wrong);
    } finally {
      await rm(folder, { recursive: true });
    }
  });

  it('reads no other variable from a file', () => {
    const files = variablesRead().filter((name) => name.endsWith('_FILE'));
    expect(files.toSorted()).toEqual(IN_FILES.map(([name]) => `${name}_FILE`));
  });

  it('takes several origins, on the relying party or below it', () => {
    const RP_ORIGINS = 'https://example.com, https://login.example.com:8443';
    expect(readConfiguration({ RP_ID: 'example.com', RP_ORIGINS }).rpOrigins).toEqual([
      'https://example.com',
      'https://login.example.com:8443',
    ]);
  });

  it.each([
    ['intranet', 'https://intranet', 'intranet', 'https://intranet'],
    ['intranet', 'https://login.intranet:8443', 'intranet', 'https://login.intranet:8443'],
    ['пример.рф', 'https://пример.рф', 'xn--e1afmkfd.xn--p1ai', 'https://xn--e1afmkfd.xn--p1ai'],
    ['Пример.рф', 'https://login.пример.рф', 'xn--e1afmkfd.xn--p1ai', 'https://login.xn--e1afmkfd.xn--p1ai'],
    ['xn--e1afmkfd.xn--p1ai', 'https://пример.рф', 'xn--e1afmkfd.xn--p1ai', 'https://xn--e1afmkfd.xn--p1ai'],
  ])(
    'takes a host of one label, and domains in Unicode as browsers have them: %s',
    (RP_ID, RP_ORIGINS, id, origin) => {
      expect(readConfiguration({ RP_ID, RP_ORIGINS })).toMatchObject({ rpId: id, rpOrigins: [origin] });
    },
  );

  it.each([
    ['рф', /^RP_ID: "рф" \(xn--p1ai\) is a public suffix/],
    ['пример.рф', /^RP_ORIGINS: .* is not on RP_ID "xn--e1afmkfd.xn--p1ai"/],
  ])('names %s in ASCII too where it is wrong', (RP_ID, message) => {
    expect(() => readConfiguration({ RP_ID })).toThrow(message);
  });

  it('takes an IPv6 address to listen on with its brackets or without', () => {
    for (const HOST of ['[::1]', '::1']) expect(readConfiguration({ HOST }).host).toBe('::1');
  });

  const example = { RP_ID: 'example.com', RP_ORIGINS: 'https://example.com' };

  // Of 32 bytes.
  const BASE64URL_SECRET = `whsec_hunter2${'-_'.repeat(18)}`;
  const WRONG: [name: string, env: Record<string, string>][] = [
    ['MANAGEMENT_API_TOKEN', { MANAGEMENT_API_TOKEN: 'x'.repeat(31) }],
    ['USERNAME_PATTERN', { USERNAME_PATTERN: '(' }],
    ['MANAGEMENT_TOKENS', { MANAGEMENT_TOKENS: '/nowhere.json' }],
    ['PORT', { PORT: 'eighty' }],
    ['PORT', { PORT: '65536' }],
    ['PORT', { PORT: '-1' }],
    ['DATABASE_URL', { DATABASE_URL: 'mysql://user:hunter2@localhost/db' }],
    ['DATABASE_URL', { DATABASE_URL: 'hunter2' }],
    ['RP_ID', { RP_ID: 'https://example.com' }],
    ['RP_ID', { RP_ID: 'example.com:443' }],
    ['RP_ID', { RP_ID: 'com' }],
    ['RP_ID', { RP_ID: 'co.uk' }],
    ['RP_ID', { RP_ID: 'workers.dev' }],
    ['RP_ID', { RP_ID: '127.0.0.1' }],
    ['RP_ID', { RP_ID: 'Example.com' }],
    ['RP_ORIGINS', { ...example, RP_ORIGINS: 'https://notexample.com' }],
    ['RP_ORIGINS', { ...example, RP_ORIGINS: 'http://example.com' }],
    ['RP_ORIGINS', { ...example, RP_ORIGINS: 'https://example.com/path' }],
    ['RP_ORIGINS', { ...example, RP_ORIGINS: 'example.com' }],
    ['RP_ORIGINS', { ...example, RP_ORIGINS: 'https://example.com,' }],
    ['RP_ORIGINS', { RP_ID: 'example.com' }],
    ['PHONE_REGION', { PHONE_REGION: 'UK' }],
    ['RP_RELATED_ORIGINS', { RP_RELATED_ORIGINS: 'http://example.net' }],
    ['RP_RELATED_ORIGINS', { RP_RELATED_ORIGINS: 'android:apk-key-hash:short' }],
    ['ATTESTATION_ROOTS', { ATTESTATION_ROOTS: 'sealed=root.pem' }],
    ['ATTESTATION_ROOTS', { ATTESTATION_ROOTS: 'packed' }],
    ['ATTESTATION_ROOTS', { ATTESTATION_ROOTS: 'packed=/nowhere/root.pem' }],
    ['ATTESTATION_ROOTS', { ATTESTATION_ROOTS: 'packed=package.json' }],
    ['CHALLENGE_TTL_SECONDS', { CHALLENGE_TTL_SECONDS: '0' }],
    ['CHALLENGE_TTL_SECONDS', { CHALLENGE_TTL_SECONDS: '1.5' }],
    ['AUTOFILL_TTL_SECONDS', { AUTOFILL_TTL_SECONDS: '0' }],
    ['LOGTO_FRONTEND', { LOGTO_FRONTEND: 'yes' }],
    ['CONFORMANCE_TOOLS', { CONFORMANCE_TOOLS: 'yes' }],
    [
      'CONFORMANCE_TOOLS',
      { CONFORMANCE_TOOLS: 'on', RP_ID: 'example.com', RP_ORIGINS: 'https://example.com', DATA_DIR: 'data' },
    ],
    ['ACCOUNT_ENUMERATION', { ACCOUNT_ENUMERATION: 'hide' }],
    ['SECRET', { SECRET: 'short' }],
    ['SECRET', { SECRET: 'hunter2-of-many-characters,short' }],
    ['SECRET', { SECRET: 'hunter2-of-many-characters, hunter2-of-many-characters' }],
    ['SECRET', { ACCOUNT_ENUMERATION: 'decoy', DATABASE_URL: 'postgres://localhost/db' }],
    ['LOG_LEVEL', { LOG_LEVEL: 'loud' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://user:hunter2%@localhost/db' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://' }],
    ['DATABASE', { DATABASE: 'mysql' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: '10.0.0.0/33' }],
    ['TRUSTED_PROXIES', { TRUSTED_PROXIES: 'proxy' }],
    ['DOCS', { DOCS: 'maybe' }],
    ['SHUTDOWN_DELAY_SECONDS', { SHUTDOWN_DELAY_SECONDS: '301' }],
    ['RATE_LIMIT', { RATE_LIMIT: 'yes' }],
    ['RATE_LIMIT_PER_ADDRESS', { RATE_LIMIT_PER_ADDRESS: '0' }],
    ['RATE_LIMIT_PROCESSOR_PERCENT', { RATE_LIMIT_PROCESSOR_PERCENT: '0' }],
    ['RATE_LIMIT_PER_IDENTIFIER', { RATE_LIMIT_PER_IDENTIFIER: 'many' }],
    ['RATE_LIMIT_PER_INTERACTION', { RATE_LIMIT_PER_INTERACTION: '1e3' }],
    ['REDIS_URL', { REDIS_URL: 'http://hunter2@localhost' }],
    ['REDIS_URL', { REDIS_URL: 'redis://' }],
    ['REDIS_URL', { REDIS_URL: 'redis://:hunter2@localhost/hunter2' }],
    ['MAX_PASSKEYS', { MAX_PASSKEYS: '65' }],
    ['SESSION_TTL_SECONDS', { SESSION_TTL_SECONDS: '0' }],
    ['SESSION_IDLE_SECONDS', { SESSION_IDLE_SECONDS: 'a day' }],
    ['AUDIT_RETENTION_DAYS', { AUDIT_RETENTION_DAYS: '0' }],
    ['MESSENGER', { MESSENGER: 'smtp' }],
    ['WEBHOOK_URLS', { WEBHOOK_URLS: 'ftp://example.com' }],
    ['WEBHOOK_URLS', { WEBHOOK_URLS: 'https://user:hunter2@example.com' }],
    ['WEBHOOK_URLS', { WEBHOOK_URLS: 'https://h/hunter2,https://h/,https://h/hunter2', WEBHOOK_SECRET }],
    ['WEBHOOK_SECRET', { WEBHOOK_URLS: 'https://example.com', WEBHOOK_SECRET: 'hunter2' }],
    [
      'WEBHOOK_SECRET',
      { WEBHOOK_URLS: 'https://example.com', WEBHOOK_SECRET: `${WEBHOOK_SECRET} ${BASE64URL_SECRET}` },
    ],
    ['APPLE_APPS', { APPLE_APPS: 'com.example' }],
    ['ANDROID_APPS', { ANDROID_APPS: 'com.example' }],
    ['RP_REDIRECTS', { RP_REDIRECTS: 'https://example.com' }],
    ['RP_POLICY', { RP_POLICY: 'strict' }],
    ['RP_POLICY', { RP_POLICY: '[]' }],
    ['RP_POLICY', { RP_POLICY: '{"userVerification":"always"}' }],
    ['RP_POLICY', { RP_POLICY: '{"unknown":true}' }],
    ['RP_POLICY', { RP_POLICY: '{"crossOrigin":true,"topOrigins":["example.com"]}' }],
    ['RP_REDIRECTS', { RP_REDIRECTS: 'https://example.com=/' }],
    ['RP_REDIRECTS', { RP_REDIRECTS: 'http://localhost:3000=javascript:alert(1)' }],
    ['FIDO_METADATA', { RP_POLICY: '{"attestation":"direct","attestationTrust":"metadata"}' }],
    ['FIDO_METADATA', { FIDO_METADATA: 'http://example.com/blob' }],
    ['FIDO_METADATA', { FIDO_METADATA: '/nowhere.jwt' }],
    ['FIDO_METADATA', { FIDO_METADATA: 'https://user:hunter2@example.com/blob' }],
    ['FIDO_METADATA', { FIDO_METADATA: 'http://user:hunter2@example.com/blob' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: 'https://user:hunter2@example.com/oidc' }],
    ['OIDC_ISSUER', { OIDC_ISSUER: 'http://login.example.com/oidc' }],
    ['RP_POLICY', { RP_POLICY: '{"crossOrigin":true,"topOrigins":["https://*.example.com"]}' }],
    ['RP_RELATED_ORIGINS', { RP_RELATED_ORIGINS: 'https://*.example.net' }],
    ['RP_ORIGINS', { ...example, RP_ORIGINS: 'https://*.example.com' }],
    ['RP_TENANTS', { RP_TENANTS: '/nowhere.json' }],
    ['RP_TENANTS', { RP_TENANTS: 'package.json' }],
    ['RP_TENANTS', { RP_TENANTS: 'README.md' }],
    ['PASSKEY_PROVIDERS', { PASSKEY_PROVIDERS: '/nowhere.json' }],
    ['PASSKEY_PROVIDERS', { PASSKEY_PROVIDERS: 'package.json' }],
    ['FIDO_METADATA_ROOT', { FIDO_METADATA: 'README.md', FIDO_METADATA_ROOT: '/nowhere.pem' }],
    ['FIDO_METADATA_ROOT', { FIDO_METADATA: 'README.md', FIDO_METADATA_ROOT: 'README.md' }],
    ['MANAGEMENT_TOKENS', { MANAGEMENT_TOKENS: 'README.md' }],
    ['OTEL_SDK_DISABLED', { OTEL_SDK_DISABLED: 'yes' }],
    ['OTEL_EXPORTER_OTLP_ENDPOINT', { OTEL_EXPORTER_OTLP_ENDPOINT: 'hunter2:4317' }],
    ['OTEL_EXPORTER_OTLP_TRACES_ENDPOINT', { OTEL_EXPORTER_OTLP_TRACES_ENDPOINT: 'grpc://hunter2' }],
    ['OTEL_EXPORTER_OTLP_METRICS_ENDPOINT', { OTEL_EXPORTER_OTLP_METRICS_ENDPOINT: '/v1/metrics' }],
    ['OTEL_TRACES_EXPORTER', { OTEL_TRACES_EXPORTER: 'zipkin' }],
    ['OTEL_METRICS_EXPORTER', { OTEL_METRICS_EXPORTER: 'statsd' }],
    ['OTEL_EXPORTER_OTLP_HEADERS', { OTEL_EXPORTER_OTLP_HEADERS: 'api-key=hunter2%' }],
    ['OTEL_TRACES_EXPORTER', { OTEL_TRACES_EXPORTER: 'otlp,zipkin' }],
    ...['', 'TRACES_', 'METRICS_'].flatMap<[string, Record<string, string>]>((signal) => {
      const own = `OTEL_EXPORTER_OTLP_${signal}`;
      return [
        [`${own}PROTOCOL`, { [`${own}PROTOCOL`]: 'grpc' }],
        [`${own}HEADERS`, { [`${own}HEADERS`]: 'hunter2' }],
        [`${own}TIMEOUT`, { [`${own}TIMEOUT`]: '10s' }],
        [`${own}COMPRESSION`, { [`${own}COMPRESSION`]: 'zip' }],
        [`${own}CERTIFICATE`, { [`${own}CERTIFICATE`]: '/nowhere.pem' }],
        [`${own}CLIENT_CERTIFICATE`, { [`${own}CLIENT_CERTIFICATE`]: 'README.md' }],
        [`${own}CLIENT_KEY`, { [`${own}CLIENT_KEY`]: 'README.md' }],
      ];
    }),
    ['OTEL_RESOURCE_ATTRIBUTES', { OTEL_RESOURCE_ATTRIBUTES: 'production' }],
    ['OTEL_TRACES_SAMPLER', { OTEL_TRACES_SAMPLER: 'sometimes' }],
    ['OTEL_TRACES_SAMPLER_ARG', { OTEL_TRACES_SAMPLER_ARG: '10%' }],
    ['OTEL_BSP_SCHEDULE_DELAY', { OTEL_BSP_SCHEDULE_DELAY: '0' }],
    ['OTEL_METRIC_EXPORT_INTERVAL', { OTEL_METRIC_EXPORT_INTERVAL: 'often' }],
    ['RP_NAME', { RP_NAME: 'x'.repeat(65) }],
    ['RP_NAME', { RP_NAME: 'Ac\u0007me' }],
    ['RP_NAME', { RP_NAME: 'x'.repeat(65), BRANDING: '{"name":"Acme"}' }],
    ['BRANDING', { BRANDING: '/nowhere.json' }],
    ['BRANDING', { BRANDING: '{' }],
    ['BRANDING', { BRANDING: '{"radius":33}' }],
    ['BASE_PATH', { BASE_PATH: 'auth' }],
    ['GATHER_MOST', { GATHER_MOST: '65' }],
    ['GATHER_LEAST', { GATHER_LEAST: '0' }],
    ['SIGN_UP', { SIGN_UP: 'friends' }],
    ['OIDC', { OIDC: 'maybe' }],
    ['SECRET', { OIDC: 'on', DATABASE_URL: 'postgres://localhost/db' }],
    ['OIDC_RESOURCES', { OIDC_RESOURCES: '/nowhere.json' }],
    ['OIDC_RESOURCES', { OIDC_RESOURCES: 'package.json' }],
    ['APPLICATIONS', { APPLICATIONS: '/nowhere.json' }],
    ['APPLICATIONS', { APPLICATIONS: 'package.json' }],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'hunter2, hunter2' }],
    ['METRICS_TOKEN', { METRICS_TOKEN: 'hunter2,' }],
    ['METRICS_TOKEN', { METRICS_TOKEN: ',' }],
    ['REDIS_URL', { REDIS_URL: 'redis://:hunter2%@localhost' }],
    ['SMTP_URL', { SMTP_URL: 'hunter2' }],
    ['SMTP_URL', { SMTP_URL: 'smtp://user:hunter2%@localhost', MAIL_FROM: 'no-reply@example.com' }],
    ['SMTP_URL', { SMTP_URL: 'smtps://user:hunter2@localhost?tls=off', MAIL_FROM: 'no-reply@example.com' }],
    ['SMTP_CA', { SMTP_CA: '/nowhere.pem' }],
    ['SMTP_CA', { SMTP_CA: 'package.json' }],
    ['MAIL_FROM', { MAIL_FROM: 'Acme' }],
    ['MAIL_FROM', { SMTP_URL: 'smtp://user:hunter2@localhost' }],
    ['MESSENGER', { MESSENGER: 'send' }],
    ['MESSAGE_WEBHOOK_URL', { MESSAGE_WEBHOOK_URL: 'http://hunter2.example.com' }],
    ['MESSAGE_WEBHOOK_URL', { MESSAGE_WEBHOOK_URL: 'https://user:hunter2@example.com' }],
    [
      'MESSAGE_WEBHOOK_SECRET',
      { MESSAGE_WEBHOOK_URL: 'https://example.com', MESSAGE_WEBHOOK_SECRET: 'hunter2' },
    ],
    [
      'MESSAGE_WEBHOOK_SECRET',
      { MESSAGE_WEBHOOK_URL: 'https://example.com', MESSAGE_WEBHOOK_SECRET: BASE64URL_SECRET },
    ],
    ['MESSAGE_LANGUAGE', { MESSAGE_LANGUAGE: 'english please' }],
    ['LANGUAGES_DIR', { LANGUAGES_DIR: '/nowhere' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://u:hunter2@a,b/db?target_session_attrs=standby' }],
    ['DATABASE_URL', { DATABASE_URL: 'postgres://u:hunter2@a/db?target_session_attrs=' }],
  ];

  it('takes what OpenTelemetry says of traces or metrics alone before what it says of both, in its spellings', () => {
    const { telemetry } = readConfiguration({
      OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318',
      OTEL_METRICS_EXPORTER: 'otlp,prometheus',
      OTEL_SDK_DISABLED: 'FALSE',
      OTEL_EXPORTER_OTLP_TIMEOUT: '100',
      OTEL_EXPORTER_OTLP_METRICS_TIMEOUT: '200',
      OTEL_EXPORTER_OTLP_TRACES_PROTOCOL: 'http/json',
      OTEL_EXPORTER_OTLP_TRACES_COMPRESSION: 'gzip',
    });
    expect(telemetry).toMatchObject({
      traces: {
        url: 'http://collector:4318/v1/traces',
        protocol: 'http/json',
        timeoutMillis: 100,
        isCompressed: true,
      },
      metrics: {
        url: 'http://collector:4318/v1/metrics',
        protocol: 'http/protobuf',
        timeoutMillis: 200,
        isCompressed: false,
      },
    });
    const off = { OTEL_EXPORTER_OTLP_ENDPOINT: 'http://collector:4318', OTEL_SDK_DISABLED: 'TRUE' };
    expect(readConfiguration(off).telemetry).toBeUndefined();
  });

  it.each(WRONG)('names %s in one line when it is wrong: %j', (name, env) => {
    const read = () => readConfiguration(env);
    expect(read).toThrow(ConfigurationError);
    expect(read).toThrow(new RegExp(`^${name}: [^\\n]+$`));
    expect(read).not.toThrow(/hunter2/);
  });

  it('has a wrong value above of each variable, but where any text is right', () => {
    const free = ['DATA_DIR', 'HOST', 'INSTALLATION_ID', 'OTEL_SERVICE_NAME', 'RESERVED_USERNAMES'];
    const known = new Set([...WRONG.map(([name]) => name), ...free]);
    const read = variablesRead();
    expect(read.length).toBeGreaterThan(70);
    expect(read.filter((name) => !name.endsWith('_FILE') && !known.has(name))).toEqual([]);
  });
});
