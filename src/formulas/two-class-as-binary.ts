import type { Formula } from '../core/index.ts';

/** Two channels under a softmax are one under a sigmoid. */
export const twoClassAsBinary: Formula = {
  id: 'two-class-as-binary',
  title: 'two classes as one channel',
  about:
    'Cross-entropy over two channels equals binary cross-entropy on the difference of the scores: the same ' +
    'number, so that no reported value can tell them apart and none is blamed on it.',
  formula: 'CE(z0, z1) = BCE(z1 - z0)',
  suppose: ({ spec, subject }) =>
    spec.loss.id === 'ce' && subject.kind === 'exclusive' && subject.channels === 2
      ? [{ departures: ['binary cross-entropy on the difference of the two channels'] }]
      : [],
};
