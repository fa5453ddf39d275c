import { type ServerProgram, start } from './server-process';
import { spread } from './statistics';

/** Milliseconds from the start of the process until it takes connections, over several starts. */
export async function startTimes(program: ServerProgram, starts: number): Promise<number[]> {
  const times: number[] = [];
  for (let index = 0; index < starts; index++) {
    const server = await start(program);
    times.push(server.startMilliseconds);
    await server.stop();
  }
  return times;
}

export const told = (times: number[]): string =>
  times.length === 1 ? `${times[0]?.toFixed(0)} ms` : `${spread(times, 0)} ms over ${times.length} starts`;
