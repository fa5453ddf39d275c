import { readFileSync } from 'node:fs';

/** Clock ticks of /proc in a second: USER_HZ is 100 on every Linux that Node runs on. */
const TICKS = 100;

/** CPU seconds that the processes use from now on, in user and system mode; of one that has ended meanwhile none. */
export function cpuClock(pids: readonly number[]): () => number {
  const before = pids.map((pid) => [pid, ticksOf(pid)] as const);
  return () => before.reduce((sum, [pid, ticks]) => sum + Math.max(0, ticksOf(pid) - ticks), 0) / TICKS;
}

function ticksOf(pid: number): number {
  try {
    const afterName = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ').at(-1) ?? '';
    const fields = afterName.split(' ');
    return Number(fields[11]) + Number(fields[12]);
  } catch {
    return 0;
  }
}

/** The process and those that it has started. */
export const withChildren = (pid: number): number[] => [
  pid,
  ...readFileSync(`/proc/${pid}/task/${pid}/children`, 'utf8').split(' ').filter(Boolean).map(Number),
];

/** Resident memory of the processes together, in MB. */
export function residentMegabytes(pids: readonly number[]): number {
  return pids.reduce((sum, pid) => {
    const status = readFileSync(`/proc/${pid}/status`, 'utf8');
    return sum + Number(/VmRSS:\s+(\d+)/.exec(status)?.[1] ?? 0) / 1024;
  }, 0);
}
