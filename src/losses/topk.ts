import { type GradientField, type Loss, type LossValue, loss, type Selection, type Subject } from '../core/index.ts';
import { type RankedLosses, rankedLosses, type UnsureLosses, unsureLosses } from '../measures/index.ts';
import { rowWeights } from './_class-rows.ts';

const options = {
  k: { type: 'number', default: 10, min: 0, max: 100, about: 'percent of the pixels that are kept: the hardest' },
  threshold: {
    type: 'number',
    default: null,
    min: 0,
    max: 1,
    about: 'instead of k: keep the pixels whose probability is below this',
  },
  by: {
    type: 'choice',
    default: 'target',
    choices: ['target', 'winner'],
    about: 'whose probability the threshold looks at: that of the labelled class (the paper) or the largest (SegLoss)',
  },
  count: {
    type: 'choice',
    default: 'all',
    choices: ['all', 'valid'],
    about: 'k percent of all pixels, ignored ones included with loss 0 (nnU-Net), or of the valid ones',
  },
} as const;

const curve = { id: 'log' } as const;

/** Cross-entropy over the hardest pixels only. */
export const topk: Loss = loss({
  id: 'topk',
  title: 'TopK cross-entropy',
  family: 'distribution',
  formula: 'L = mean of the n largest l_i,  n = floor(k P / 100)',
  about:
    'Cross-entropy averaged over the hardest k percent of the pixels of the whole batch. Class weights multiply before the ranking.',
  when: 'most pixels are easy; not with noisy labels, which are always among the hardest',
  source: 'Wu et al. 2016, arXiv 1605.06885; nnU-Net TopKLoss',
  options,
  from: 'logits',
  kinds: ['binary', 'exclusive'],
  weighted: true,
  measures: (o, subject) => ({
    ranked: o.threshold === null ? rankedLosses(subject.weights) : undefined,
    unsure: o.threshold === null ? undefined : unsureLosses(o.by, o.threshold),
  }),
  value: ({ ranked, unsure }, o) =>
    ranked === undefined ? unsureValue(unsure) : hardestValue(ranked, keptPixels(ranked, o)),
  gradient: ({ ranked, unsure }, o, subject) => {
    if (ranked === undefined) {
      const kept = sum(unsure?.counts);
      const t = o.threshold ?? 0;
      const keep: Selection =
        o.by === 'winner' ? { by: 'winner', below: t } : { by: 'loss', above: -Math.log(t), ties: 0, nan: false };
      return kept === 0 ? [] : [field(subject, keep, new Float64Array(subject.rows).fill(1), kept)];
    }
    const n = keptPixels(ranked, o);
    if (n === 0) return [];
    const { bound, ties } = ranked.hardest(n);
    return [field(subject, { by: 'loss', above: bound, ties, nan: true }, rowWeights(subject), n)];
  },
  // The perfect prediction leaves no pixel below the threshold; a pixel just below it is the cheapest that counts.
  infimum: (_, o) => (o.threshold === null ? null : -Math.log(o.threshold)),
});

function keptPixels(ranked: RankedLosses, o: { k: number; count: string }): number {
  return Math.floor(((o.count === 'valid' ? ranked.valid : ranked.pixels) * o.k) / 100);
}

/** Fewer than 100/k pixels leave nothing to average: 0/0, as in the libraries. */
function hardestValue(ranked: RankedLosses, n: number): LossValue {
  return { value: ranked.hardest(n).sum / n, perClass: null, contributions: null };
}

function unsureValue(unsure: UnsureLosses | undefined): LossValue {
  return { value: sum(unsure?.sums) / sum(unsure?.counts), perClass: null, contributions: [...(unsure?.sums ?? [])] };
}

function sum(array: Float64Array = new Float64Array(0)): number {
  return array.reduce((a, b) => a + b, 0);
}

function field(subject: Subject, keep: Selection, weights: Float64Array, n: number): GradientField {
  const scaled = weights.map((w) => w / n);
  if (subject.kind === 'exclusive') return { kind: 'likelihood', curve, weights: scaled, keep, rank: weights };
  const [background = 0, foreground = 0] = scaled;
  const positive = new Float64Array([foreground]);
  return { kind: 'elements', curve, positive, negative: new Float64Array([background]), keep, rank: weights };
}
