/*
 * Compares the public surface of each package with its report, which is checked in, and with `--update` writes it anew.
 * node api-report.cjs <folder with @microsoft/api-extractor> [--update]
 */
const { createRequire } = require('node:module');
const { join, resolve } = require('node:path');

const [tools, flag] = process.argv.slice(2);
const isUpdate = flag === '--update';
const { Extractor, ExtractorConfig, ExtractorLogLevel } = createRequire(join(resolve(tools), 'package.json'))(
  '@microsoft/api-extractor',
);

/** Each has a report in the library's `api/`. */
const ENTRIES = {
  'embedded-postgres': ['index'],
  'experience-verification': ['index', 'testing/index'],
  'openid-provider': ['index'],
  'passkey-client': ['index', 'element'],
};

const silent = { default: { logLevel: ExtractorLogLevel.None } };

function examine(library, entry) {
  const folder = resolve('libs', library);
  const mainEntryPointFilePath = join(folder, 'dist', `${entry}.d.ts`);
  const config = ExtractorConfig.prepare({
    configObjectFullPath: undefined,
    packageJsonFullPath: join(folder, 'package.json'),
    configObject: {
      projectFolder: folder,
      mainEntryPointFilePath,
      compiler: {
        overrideTsconfig: {
          compilerOptions: {
            module: 'esnext',
            moduleResolution: 'bundler',
            target: 'es2022',
            lib: ['ES2023', 'DOM', 'DOM.Iterable'],
            types: ['node'],
            skipLibCheck: true,
            strict: true,
          },
          files: [mainEntryPointFilePath],
        },
      },
      apiReport: {
        enabled: true,
        reportFileName: `${entry.replace('/index', '')}.api.md`,
        reportFolder: join(folder, 'api'),
        reportTempFolder: join(resolve(tools), library),
      },
      docModel: { enabled: false },
      dtsRollup: { enabled: false },
      tsdocMetadata: { enabled: false },
      newlineKind: 'lf',
      messages: {
        compilerMessageReporting: silent,
        extractorMessageReporting: silent,
        tsdocMessageReporting: silent,
      },
    },
  });
  const { apiReportChanged } = Extractor.invoke(config, {
    localBuild: isUpdate,
    messageCallback: (message) => {
      message.handled = true;
      if (message.logLevel === 'error') console.error(message.text);
    },
  });
  if (!apiReportChanged || isUpdate) return;
  console.error(`${library}/${entry}: its public surface has changed; npm run api:update`);
  process.exitCode = 1;
}

for (const [library, entries] of Object.entries(ENTRIES)) {
  for (const entry of entries) examine(library, entry);
}
