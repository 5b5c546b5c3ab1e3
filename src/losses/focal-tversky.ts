import { type Loss, loss } from '../core/index.ts';
import { type Bend, type IndexValues, indexRegion } from './_index.ts';
import { tverskyOptions } from './_tversky.ts';

const { form: _, ...shared } = tverskyOptions;

const options = {
  ...shared,
  exponent: {
    type: 'number',
    default: 0.75,
    min: 0,
    about:
      'power of 1 - index; the paper writes it 1 / gamma with gamma = 4/3, SMP and SegLoss call the power itself gamma',
  },
  over: {
    type: 'choice',
    default: 'class',
    choices: ['class', 'mean'],
    about: 'the power is taken of every class score (the paper) or of their mean (SMP, SegLoss)',
  },
} as const;

type Options = IndexValues & { fp: number; fn: number; exponent: number; over: string };

/** x^e; a complement that rounding has pushed below 0 is 0. */
function power(exponent: number): Bend {
  const whole = (x: number): number => (x < 0 && x > -1e-12 ? 0 : x);
  return {
    value: (x) => whole(x) ** exponent,
    slope: (x) => exponent * whole(x) ** (exponent - 1),
  };
}

/** A power of the Tversky loss. */
export const focalTversky: Loss = loss({
  id: 'focal-tversky',
  title: 'focal Tversky loss',
  formula: 'L = mean_c (1 - TI_c)^e,  TI = (TP + s) / (TP + fp FP + fn FN + s)',
  about:
    'The Tversky loss to a power. Below 1 the power makes hard classes count more, and its slope has no bound at a perfect ' +
    'score. Libraries differ in whether the power is taken per class or of the mean, and in calling e or 1/e gamma.',
  when: 'small structures that plain Tversky still misses',
  source: 'Abraham and Khan 2018, arXiv 1810.07842; SMP TverskyLoss(gamma), SegLoss FocalTversky_loss',
  options,
  ...indexRegion((o: Options) => ({
    k: 1,
    fp: o.fp,
    fn: o.fn,
    ...(o.over === 'class' ? { each: power(o.exponent) } : { whole: power(o.exponent) }),
  })),
});
