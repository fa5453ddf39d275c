const { mkdtemp } = require('node:fs/promises');
const { tmpdir } = require('node:os');
const { join } = require('node:path');

/** Makes an empty embedded database once, for the tests to copy: initdb takes seconds. */
module.exports = async () => {
  if (process.env.TEST_DATABASE_URL) return;
  const folder = await mkdtemp(join(tmpdir(), 'passkey-template-'));
  const { PGlite } = await import('@electric-sql/pglite');
  const database = await PGlite.create({ dataDir: join(folder, 'postgres') });
  await database.close();
  process.env.EMBEDDED_TEMPLATE = folder;
};
