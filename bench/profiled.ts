import { renameSync, writeFileSync } from 'node:fs';
import { Session } from 'node:inspector';
import { join } from 'node:path';

/**
 * Loaded before a server: each SIGUSR2 goes one step on, from where its processor time is sampled to where its allocations are,
 * and each sample is a file in PROFILE_FOLDER.
 */
const folder = process.env['PROFILE_FOLDER'] ?? '.';
const session = new Session();
session.connect();
// Before anything is loaded: later each script would be told at once, within what is sampled.
session.post('Profiler.enable');

const keep = (name: string) => (error: Error | null, answer?: { profile: object }) => {
  if (error || !answer) throw error ?? new Error('there is no profile');
  writeFileSync(join(folder, 'unfinished'), JSON.stringify(answer.profile));
  renameSync(join(folder, 'unfinished'), join(folder, name));
};

const steps = [
  () => {
    session.post('Profiler.setSamplingInterval', { interval: 250 });
    session.post('Profiler.start');
  },
  () => {
    session.post('Profiler.stop', keep('processor.json'));
  },
  () => {
    const all = { includeObjectsCollectedByMajorGC: true, includeObjectsCollectedByMinorGC: true };
    session.post('HeapProfiler.startSampling', { samplingInterval: 16_384, ...all });
  },
  () => {
    session.post('HeapProfiler.stopSampling', keep('allocations.json'));
  },
];

process.on('SIGUSR2', () => steps.shift()?.());
