const { default: Sequencer } = require('@jest/test-sequencer');

const LONG = /\/test\/(embedded\/|exactly-once|many-assertions|messages|attacks\/injection)/;

/** On a new clone Jest knows no durations, and would leave long files of few lines to one worker at the end. */
module.exports = class LongFirst extends Sequencer {
  sort(tests) {
    const sorted = super.sort(tests);
    const isLong = ({ path }) => LONG.test(path);
    return [...sorted.filter(isLong), ...sorted.filter((test) => !isLong(test))];
  }
};
