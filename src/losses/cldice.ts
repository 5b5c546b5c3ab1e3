import { type Loss, loss, type Subject } from '../core/index.ts';
import { type SkeletonSums, type Skeletons, skeletons } from '../measures/index.ts';
import { batch } from './_vocabulary.ts';

const options = {
  iterations: {
    type: 'number',
    default: 3,
    min: 0,
    max: 100,
    about: 'erosions of the soft skeleton: at least the radius of the widest structure in pixels',
  },
  smooth: { type: 'number', default: 1, min: 0, about: 'added to numerator and denominator of both halves' },
  batch: { ...batch, default: true },
  channels: {
    type: 'choice',
    default: 'foreground',
    choices: ['foreground', 'all', 'after-first'],
    about:
      'without channel 0 where there are several; all; or always without channel 0 (MONAI), which leaves nothing of a ' +
      'one-channel prediction: loss 0, gradient 0',
  },
} as const;

type Options = { iterations: number; smooth: number; batch: boolean; channels: string };

/** Overlap of centre lines. */
export const cldice: Loss = loss({
  id: 'cldice',
  title: 'clDice loss',
  family: 'region',
  formula:
    'L = 1 - 2 TP TS / (TP + TS),  TP = (sum S(p) g + s) / (sum S(p) + s), TS = (sum S(g) p + s) / (sum S(g) + s), S the soft skeleton',
  about:
    'Dice of the centre lines: a broken vessel costs as much as a thin one that is missing. MONAI takes the target first, ' +
    'expects probabilities, drops channel 0, and so is 0 for every one-channel prediction. Sums run over classes and batch.',
  when: 'thin connected structures such as vessels and roads, beside Dice, not instead of it',
  source: 'Shit et al. 2021, arXiv 2003.07311; MONAI SoftclDiceLoss',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: (o, subject) => ({ skeletons: skeletons(o.iterations, firstChannel(o, subject)) }),
  value: ({ skeletons }, o) => {
    const values = groups(skeletons, o).map((sums) => score(sums, o).value);
    return { value: values.reduce((a, b) => a + b, 0) / values.length, perClass: null, contributions: null };
  },
  gradient: ({ skeletons }, o) => {
    const all = groups(skeletons, o);
    const slopes = all.map((sums) => score(sums, o).slope.map((x) => x / all.length) as [number, number, number]);
    const factors = skeletons.images.map((_, image) => slopes[o.batch ? 0 : image] ?? ([0, 0, 0] as const));
    return [{ kind: 'map', at: 'probabilities', values: skeletons.gradient(factors) }];
  },
});

function firstChannel(o: Options, subject: Subject): number {
  if (o.channels === 'all') return 0;
  return o.channels === 'foreground' && subject.channels === 1 ? 0 : 1;
}

/** The sums of the batch, or of each image. */
function groups({ images }: Skeletons, o: Options): readonly SkeletonSums[] {
  if (!o.batch) return images;
  const sum = (of: (it: SkeletonSums) => number): number => images.reduce((total, it) => total + of(it), 0);
  return [
    {
      inside: sum((it) => it.inside),
      predicted: sum((it) => it.predicted),
      covered: sum((it) => it.covered),
      target: sum((it) => it.target),
    },
  ];
}

/** The loss and its slopes with respect to sum S(p) g, sum S(p) and sum S(g) p. */
function score({ inside, predicted, covered, target }: SkeletonSums, o: Options): { value: number; slope: number[] } {
  const precision = (inside + o.smooth) / (predicted + o.smooth);
  const sensitivity = (covered + o.smooth) / (target + o.smooth);
  const both = precision + sensitivity;
  const byPrecision = (-2 * sensitivity ** 2) / both ** 2;
  const bySensitivity = (-2 * precision ** 2) / both ** 2;
  return {
    value: 1 - (2 * precision * sensitivity) / both,
    slope: [
      byPrecision / (predicted + o.smooth),
      (-byPrecision * precision) / (predicted + o.smooth),
      bySensitivity / (target + o.smooth),
    ],
  };
}
