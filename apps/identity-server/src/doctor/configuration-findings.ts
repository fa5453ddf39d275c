import { stat, statfs } from 'node:fs/promises';
import { dirname } from 'node:path';
import {
  type Configuration,
  ConfigurationError,
  readConfiguration,
  relyingPartiesOf,
} from '../configuration';
import { originsPassedOver } from '../configuration/domains';
import { pageOriginsOf } from '../http/page-origins';
import { type Finding, Findings } from './finding';

/** Every wrong variable, not only the first: each is left out in its turn. */
export function examineConfiguration(env: NodeJS.ProcessEnv): {
  findings: Finding[];
  configuration: Configuration | null;
} {
  const findings = new Findings('configuration');
  const left = { ...env };
  for (;;) {
    try {
      const configuration = readConfiguration(left);
      if (findings.list.length > 0) return { findings: findings.list, configuration: null };
      findings.ok('every variable can be read');
      return { findings: findings.list, configuration };
    } catch (error) {
      if (!(error instanceof ConfigurationError)) throw error;
      findings.problem(error.message);
      const names = [error.variable, `${error.variable}_FILE`].filter((name) => left[name]);
      // What is missing can't be left out.
      if (names.length === 0) return { findings: findings.list, configuration: null };
      for (const name of names) left[name] = '';
    }
  }
}

export function examineOrigins(configuration: Configuration): Finding[] {
  const findings = new Findings('origins');
  for (const relyingParty of new Set(relyingPartiesOf(configuration).all)) {
    const origins = pageOriginsOf(relyingParty);
    findings.ok(`passkeys belong to ${relyingParty.id}, and pages of ${origins.join(', ')} use them`);
    const passedOver = originsPassedOver(origins);
    if (passedOver.length > 0) {
      findings.warn(
        `browsers look at the first five domains of related origins: they pass over ${passedOver.join(', ')}`,
      );
    }
  }
  const { isDevelopment, conformanceTools, messenger, limits, secrets, databaseUrl } = configuration;
  if (isDevelopment) {
    findings.ok('this is development: browsers use http on localhost alone');
    return findings.list;
  }
  if (conformanceTools) findings.problem('CONFORMANCE_TOOLS gives whoever comes a passkey for any account');
  if (messenger === 'print') findings.problem('MESSENGER=print writes the codes of people to the log');
  if (limits === 'off') findings.warn('RATE_LIMIT=off: nothing slows down who tries codes');
  if (configuration.openIdProviderLacksSecret) {
    findings.warn('SECRET is not set: no application signs people in here (OIDC=off says that it is meant)');
  }
  if (secrets === undefined && databaseUrl !== undefined) {
    findings.warn('SECRET is not set: a code that was sent works on the server alone that sent it');
  }
  return findings.list;
}

/** Bits below which a secret may be found by trying. */
const ENOUGH_BITS = 96;

/** Shannon's measure of a text by itself: an upper bound, which tells repeated and short ones. */
function bitsOf(text: string): number {
  const counts = new Map<string, number>();
  for (const character of text) counts.set(character, (counts.get(character) ?? 0) + 1);
  let bits = 0;
  for (const count of counts.values()) bits += count * Math.log2(text.length / count);
  return bits;
}

/** What people write where a secret should be. */
const WRITTEN_BY_HAND = /change.?me|password|secret|example|token|test|12345|abcde|qwert/i;

export function examineSecrets(configuration: Configuration): Finding[] {
  const findings = new Findings('secrets');
  const { managementApiToken, metricsToken, secrets, host, managementTokens, webhooks } = configuration;
  const given = { MANAGEMENT_API_TOKEN: managementApiToken, METRICS_TOKEN: metricsToken, SECRET: secrets };
  for (const [name, values] of Object.entries(given)) {
    if (values === undefined) continue;
    if (values.some((value) => bitsOf(value) < ENOUGH_BITS || WRITTEN_BY_HAND.test(value))) {
      findings.warn(`${name} may be guessed: \`openssl rand -base64 32\` makes one that can't be`);
    } else findings.ok(`${name} can't be guessed`);
  }
  if (managementApiToken !== undefined) {
    findings.ok('MANAGEMENT_API_TOKEN may do everything; MANAGEMENT_TOKENS give each caller its own rights');
  }
  if (managementTokens.length > 0) findings.ok(`${managementTokens.length} management tokens have scopes`);
  if (webhooks.length > 0) findings.ok(`${webhooks.length} receivers of webhooks can verify them`);
  const isLocal = ['localhost', '127.0.0.1', '::1'].includes(host);
  if (metricsToken === undefined && !isLocal) {
    findings.warn('METRICS_TOKEN is not set: /metrics is open to whoever reaches the server');
  }
  return findings.list;
}

/** Room below which a disk is soon full. Megabytes. */
const ENOUGH_ROOM = 512;

/** The disk of the embedded database. */
export async function examineDisk({ dataDir, databaseUrl }: Configuration): Promise<Finding[]> {
  const findings = new Findings('disk');
  if (databaseUrl !== undefined) return [];
  const folder = await stat(dataDir).catch(() => null);
  const { bavail, bsize } = await statfs(folder ? dataDir : await existingAbove(dataDir));
  const room = Math.floor((bavail * bsize) / 1_048_576);
  const text = `${dataDir} has ${room} MB of room`;
  if (room < ENOUGH_ROOM) findings.warn(`${text}: the embedded database stops when there is none`);
  else findings.ok(text);
  if (folder && (folder.mode & 0o077) !== 0) {
    findings.warn(`${dataDir} may be read by others of this machine: the next start ends that`);
  }
  return findings.list;
}

async function existingAbove(path: string): Promise<string> {
  const above = dirname(path);
  return (await stat(above).catch(() => null)) || above === path ? above : existingAbove(above);
}
