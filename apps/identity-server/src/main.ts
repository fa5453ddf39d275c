import { waitForLog } from './logging/hang-up';
import { endAtSignal } from './shutdown';

// Before all else is loaded, which takes most of a start: as process 1 of a container, a signal that nobody has asked for
// is ignored.
endAtSignal();
waitForLog();
void import('./start.ts').then(({ main }) => main());
