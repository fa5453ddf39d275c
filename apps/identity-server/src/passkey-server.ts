#!/usr/bin/env -S MALLOC_ARENA_MAX=2 node --max-semi-space-size=4 --heap-growing-percent=30
import { waitForLog } from './logging/hang-up';
import { endAtSignal, failAtSignal } from './shutdown';

// Before all else is loaded, as in main.ts; whatever else it does ends at a signal as programs do.
if (process.argv.includes('start')) {
  endAtSignal();
  waitForLog();
} else if (process.pid === 1) failAtSignal();
void import('./command/program.ts').then(({ run }) => run(process.argv));
