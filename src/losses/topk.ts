import { type GradientField, type Loss, type LossValue, loss, type Selection, type Subject } from '../core/index.ts';
import { imageClasses, type RankedLosses, rankedLosses, type UnsureLosses, unsureLosses } from '../measures/index.ts';
import { rowWeights } from './_class-rows.ts';
import { labelSmoothing } from './_vocabulary.ts';

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
  'label-smoothing': {
    ...labelSmoothing,
    about: 'the ranked losses are those of targets (1 - e) g + e / C (not with a threshold)',
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
    ranked: o.threshold === null ? rankedLosses(subject.weights, o['label-smoothing']) : undefined,
    unsure: o.threshold === null ? undefined : unsureLosses(o.by, o.threshold),
    classes: imageClasses,
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
    const smoothing = o['label-smoothing'];
    const keep = { by: 'loss', above: bound, ties, nan: true, ...(smoothing === 0 ? {} : { smoothing }) } as const;
    return [field(subject, keep, rowWeights(subject), n, smoothing)];
  },
  // The perfect prediction leaves no pixel below the threshold; a pixel just below it is the cheapest that counts.
  infimum: ({ ranked, classes }, o, subject) => {
    if (o.threshold !== null) return -Math.log(o.threshold);
    if (o['label-smoothing'] === 0 || ranked === undefined) return null;
    return smoothedInfimum(keptPixels(ranked, o), classes.pixels, rowWeights(subject), o['label-smoothing']);
  },
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

/** The n hardest pixels when each has its own best prediction: the entropy of its smoothed target. */
function smoothedInfimum(n: number, pixels: Float64Array, weights: Float64Array, smoothing: number): number {
  const groups = Array.from(pixels, (count, y) => {
    const q = weights.map((w, k) => (smoothing * w) / weights.length + (k === y ? (1 - smoothing) * w : 0));
    const mass = sum(q);
    return { count, least: q.reduce((h, share) => (share > 0 ? h - share * Math.log(share / mass) : h), 0) };
  }).sort((a, b) => b.least - a.least);
  let left = n;
  let total = 0;
  for (const { count, least } of groups) {
    total += Math.min(left, count) * least;
    left -= Math.min(left, count);
  }
  return total / n;
}

function field(subject: Subject, keep: Selection, weights: Float64Array, n: number, smoothing = 0): GradientField {
  const scaled = weights.map((w) => ((1 - smoothing) * w) / n);
  if (subject.kind === 'exclusive') {
    const uniform = weights.map((w) => (smoothing * w) / (n * subject.channels));
    const spread = smoothing === 0 ? {} : { uniform };
    return { kind: 'likelihood', curve, weights: scaled, keep, rank: weights, ...spread };
  }
  const [background = 0, foreground = 0] = weights.map((w) => w / n);
  const positive = new Float64Array([foreground]);
  const { smoothing: _, ...plain } = keep as { smoothing?: number } & Selection;
  const negative = new Float64Array([background]);
  return { kind: 'elements', curve, positive, negative, keep: plain as Selection, rank: weights, smoothing };
}
