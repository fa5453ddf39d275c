import type { Configuration } from '../configuration';
import type { Telemetry } from './telemetry';

/** What the variables of OpenTelemetry ask for; loaded only then, since it is large. */
export async function openTelemetry({ telemetry }: Configuration): Promise<Telemetry | undefined> {
  if (!telemetry) return undefined;
  const { Telemetry } = await import('./telemetry.ts');
  return new Telemetry(telemetry);
}
