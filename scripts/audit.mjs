// `npm audit` that tells a finding from an audit that could not be made: exit 1 for high or critical findings,
// 0 with a plain line when the registry has no answer, since that is no fault of this code.
import { spawnSync } from 'node:child_process';

const { stdout, stderr } = spawnSync(
  'npm',
  ['audit', '--json', '--fetch-retries=0', '--fetch-timeout=20000'],
  {
    encoding: 'utf8',
  },
);
let report;
try {
  report = JSON.parse(stdout);
} catch {
  report = {};
}
const found = report.metadata?.vulnerabilities;
if (!found) {
  const reason = report.error?.summary || report.message || stderr.trim().split('\n').at(-1) || 'no answer';
  console.log(`NOT AUDITED: the registry's audit could not be asked (${reason})`);
} else {
  console.log(
    `audit: ${found.critical} critical, ${found.high} high, ${found.moderate} moderate, ${found.low} low`,
  );
  for (const { name, severity, via } of Object.values(report.vulnerabilities)) {
    if (severity !== 'high' && severity !== 'critical') continue;
    console.log(`${severity}: ${name}: ${via.map((cause) => cause.title ?? cause).join('; ')}`);
  }
  process.exitCode = found.critical + found.high > 0 ? 1 : 0;
}
