/**
 * Options of Node.js for a process that lives for seconds: to run the embedded database faster, V8 would compile it anew for
 * longer than it then saves.
 */
export const SHORT_LIVED = ['--liftoff-only'];
