import { readMetadata } from 'nestjs-passkey-sign-in';
import type { Configuration } from '../configuration';
import { reasonOf } from '../reason';
import { type Finding, Findings } from './finding';

/** Reads the FIDO Metadata as a start does. */
export async function examineMetadata({ metadata }: Pick<Configuration, 'metadata'>): Promise<Finding[]> {
  const findings = new Findings('metadata');
  if (!metadata) return findings.list;
  try {
    const { no, nextUpdate, entries } = await readMetadata(metadata);
    const text = `FIDO_METADATA has number ${no}, of ${entries.length} models`;
    const until = nextUpdate.toISOString().slice(0, 10);
    if (nextUpdate.getTime() < Date.now()) findings.warn(`${text}, and is past its next update, of ${until}`);
    else findings.ok(`${text}, until ${until}`);
  } catch (error) {
    findings.problem(`FIDO_METADATA: ${reasonOf(error)}`);
  }
  return findings.list;
}
