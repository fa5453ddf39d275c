const { rm } = require('node:fs/promises');

module.exports = async () => {
  if (process.env.EMBEDDED_TEMPLATE)
    await rm(process.env.EMBEDDED_TEMPLATE, { recursive: true, force: true });
};
