import { type Loss, loss, type Subject } from '../core/index.ts';
import { type Cell, cells, type OverlapSums, overlap } from '../measures/index.ts';
import { type CellLoss, classRows, coefficients, perChannel } from './_region.ts';
import { background, batch } from './_vocabulary.ts';

const options = {
  smooth: { type: 'number', default: 1e-5, min: 0, about: 'added to each of the four counts' },
  batch: { ...batch, default: true },
  background,
  class: {
    type: 'number',
    default: null,
    min: 0,
    about: 'only this class against the rest; without it the mean over the classes (no effect on one channel)',
  },
} as const;

type Options = { smooth: number; batch: boolean; background: boolean; class: number | null };

/** One minus the soft Matthews correlation coefficient. */
export const mcc: Loss = loss({
  id: 'mcc',
  title: 'Matthews correlation loss',
  family: 'region',
  formula:
    'L = 1 - (TP TN - FP FN) / sqrt((TP+FP) (TP+FN) (TN+FP) (TN+FN)),  TP = sum p g + s, TN = sum (1-p)(1-g) + s, ...',
  about:
    'The correlation of prediction and target, class against rest. True negatives count, unlike in Dice. SMP takes the sums ' +
    'over the whole batch and applies no activation: raw logits give NaN.',
  when: 'foreground and background matter alike and are very unequal in size',
  source: 'Abhishek and Hamarneh 2021, arXiv 2010.13454; SMP MCCLoss',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: () => ({ sums: overlap }),
  value: ({ sums }, o, subject) => {
    const parts = scores(sums, o, subject);
    const byChannel = perChannel(parts, subject.channels);
    return {
      value: parts.reduce((sum, part) => sum + part.value, 0) / parts.length,
      perClass: classRows(byChannel, subject),
      contributions: subject.kind === 'binary' ? null : byChannel.map((value) => value ?? 0),
    };
  },
  gradient: ({ sums }, o, subject) => {
    const parts = scores(sums, o, subject);
    return [{ kind: 'region', coefficients: coefficients(sums, parts, () => 1 / parts.length) }];
  },
});

function scores(sums: OverlapSums, o: Options, subject: Subject): CellLoss[] {
  return cells(sums, o.batch, o.background)
    .filter(({ channel }) => o.class === null || subject.channels === 1 || channel === o.class)
    .map((cell) => score(cell, sums, o.smooth));
}

function score(cell: Cell, sums: OverlapSums, smooth: number): CellLoss {
  const hit = cell.sum(sums.pg);
  const over = cell.sum(sums.p) - hit;
  const members = cell.sum(sums.g);
  const others = cell.images.reduce((n, image) => n + (sums.valid[image] ?? 0), 0) - members;
  const [tp, fp, fn, tn] = [hit + smooth, over + smooth, members - hit + smooth, others - over + smooth];
  const root = Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn));
  const index = (tp * tn - fp * fn) / root;
  // dTP = g, dFN = -g, dFP = 1 - g, dTN = -(1 - g): the slope is a g + b (1 - g).
  const shared = (index / 2) * (1 / (tp + fp) - 1 / (tn + fn));
  const a = shared - (tn + fp) / root;
  const b = shared + (tp + fn) / root;
  return { cell, value: 1 - index, slope: [a, a + b, b, 0, 0, 0] };
}
