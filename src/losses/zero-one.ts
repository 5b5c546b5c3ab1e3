import { type Loss, type LossValue, loss, type Subject } from '../core/index.ts';
import { type Confusion, confusion } from '../measures/index.ts';
import { reduction } from './_vocabulary.ts';

const options = { reduction } as const;

/** Share of wrong decisions. */
export const zeroOne: Loss = loss({
  id: 'zero-one',
  title: 'zero-one loss',
  family: 'distribution',
  formula: 'L = share of pixels whose largest class is not y (one channel: p > 1/2 is not g)',
  about:
    'One minus the pixel accuracy. Ties go to the lowest class, and p = 1/2 counts as background. It has no gradient.',
  when: 'to report, not to train: its gradient is 0 almost everywhere',
  source: 'textbook',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: () => ({ decisions: confusion }),
  value: ({ decisions }, o, subject) => share(decisions, o.reduction, subject),
  gradient: () => [],
});

function share(decisions: Confusion, how: string, subject: Subject): LossValue {
  const { truth, predicted, agreed, valid } = decisions;
  const several = subject.kind === 'multilabel';
  // Overlapping classes are as many yes/no questions; `valid` then counts the answers.
  const wrong = [...truth].map(
    (n, row) => n - (agreed[row] ?? 0) + (several ? (predicted[row] ?? 0) - (agreed[row] ?? 0) : 0),
  );
  const asked = several ? [...truth].map(() => valid / subject.channels) : [...truth];
  return {
    value: wrong.reduce((a, b) => a + b, 0) / (how === 'sum' ? 1 : valid),
    perClass: wrong.map((n, row) => ((asked[row] ?? 0) > 0 ? n / (asked[row] ?? 0) : null)),
    contributions: wrong,
  };
}
