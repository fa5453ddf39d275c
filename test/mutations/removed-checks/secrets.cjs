const { removed, body, text } = require('../removals.cjs');

const INSTALLATION = 'database/secrets/installation-secret.ts';
const PROVIDER = 'libs/openid-provider/src';

/** What a change of the secret must not take away. */
module.exports = [
  removed(
    'secrets: one that is not that of the database',
    text(INSTALLATION, "if (typeof opened === 'string') return opened;", 'return String(opened);'),
    'openid/secret-rotation',
    'is refused at the start when it is wrong',
  ),
  removed(
    'secrets: a list on a database without any',
    text(INSTALLATION, 'if (secrets.length < 2)', 'if (true)'),
    'openid/secret-rotation',
    'is refused at the start when it is wrong',
  ),
  removed(
    'secrets: none is nothing, which whoever shows no token has',
    text('apps/identity-server/src/configuration/variables.ts', "secrets?.includes('')", 'false'),
    'configuration',
    'names METRICS_TOKEN in one line',
  ),
  removed(
    'secrets: the old one is good until all is sealed under the new one',
    body(`${PROVIDER}/storage/sealed-anew.ts`, 'SealedAnew.sealPayloads', 'return Promise.resolve(0);'),
    'openid/secret-rotation',
    'leaves all as it was',
  ),
  removed(
    'secrets: decoys do not change with it',
    text('passkeys/decoys.service.ts', 'this.secrets.ofInstallation', 'String(this.options.secrets[0])'),
    'openid/secret-rotation',
    'leaves all as it was',
  ),
  removed(
    'secrets: pairwise subjects do not change with it',
    text(`${PROVIDER}/provider/issuers.ts`, 'this.secrets.ofInstallation', 'String(secrets[0])'),
    'openid/secret-rotation',
    'leaves all as it was',
  ),
];
