import { needPackages } from '../../support/debian-packages';
import { freePort } from '../../support/free-port';
import { Daemon, folderWith } from './daemon';

const MODULES = '/usr/lib/apache2/modules';
const NEEDED = ['mpm_event', 'authn_core', 'authz_core', 'authz_user', 'dir', 'headers', 'auth_openidc'];

/** An Apache whose pages mod_auth_openidc lets in only who is signed in. */
export class Apache {
  private constructor(
    readonly url: string,
    private readonly daemon: Daemon,
  ) {}

  /** Where it will be: an application is registered before it starts. */
  static async place(): Promise<string> {
    return `http://localhost:${await freePort()}`;
  }

  /** What an application is registered with. */
  static registrationOf(url: string): Record<string, unknown> {
    return {
      ...{ name: 'Intranet', type: 'web', redirectUris: [`${url}/callback`] },
      backchannelLogoutUri: `${url}/callback?logout=backchannel`,
    };
  }

  /** `/` is for everybody who is signed in, `/strong.html` for who is by a passkey. */
  static async start(url: string, issuer: string, client: { id: string; secret: string }): Promise<Apache> {
    needPackages({
      '/usr/sbin/apache2': 'apache2',
      [`${MODULES}/mod_auth_openidc.so`]: 'libapache2-mod-auth-openidc',
    });
    const { port } = new URL(url);
    const page = ['<!doctype html><title>Intranet</title><h1>Inside</h1>'];
    const folder = await folderWith({ 'index.html': page, 'strong.html': page });
    const configuration = await folderWith({
      'httpd.conf': [
        ...NEEDED.map((name) => `LoadModule ${name}_module ${MODULES}/mod_${name}.so`),
        'ServerName localhost',
        `Listen 127.0.0.1:${port}`,
        `Listen [::1]:${port}`,
        'ErrorLog "|/bin/cat"',
        'LogLevel warn auth_openidc:info',
        `DefaultRuntimeDir ${folder}`,
        `PidFile ${folder}/pid`,
        `DocumentRoot ${folder}`,
        'DirectoryIndex index.html',
        `OIDCProviderMetadataURL ${issuer}/.well-known/openid-configuration`,
        `OIDCClientID ${client.id}`,
        `OIDCClientSecret ${client.secret}`,
        `OIDCRedirectURI ${url}/callback`,
        'OIDCCryptoPassphrase of-the-tests-alone',
        'OIDCScope "openid profile"',
        'OIDCPKCEMethod S256',
        'OIDCRemoteUserClaim preferred_username',
        'Header always set X-User "expr=%{REMOTE_USER}"',
        'Header always set X-Acr "expr=%{reqenv:OIDC_CLAIM_acr}"',
        '<Location />',
        '  AuthType openid-connect',
        '  Require valid-user',
        '</Location>',
        '<Location /strong.html>',
        '  OIDCPathAuthRequestParams acr_values=phr',
        '  OIDCUnAutzAction auth',
        '  Require claim acr:phr',
        '  Require claim acr:phrh',
        '</Location>',
      ],
    });
    const command = ['/usr/sbin/apache2', '-f', `${configuration}/httpd.conf`, '-DFOREGROUND'];
    return new Apache(url, await Daemon.start(command, configuration, Number(port)));
  }

  get said(): string {
    return this.daemon.said;
  }

  async stop(): Promise<void> {
    await this.daemon.stop();
  }
}
