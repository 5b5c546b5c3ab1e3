import { type Loss, loss } from '../core/index.ts';
import { type Bend, type IndexValues, indexOptions, indexRegion } from './_index.ts';
import { form } from './_vocabulary.ts';

const options = {
  ...indexOptions,
  form: {
    ...form,
    choices: ['complement', 'negative', 'log', 'log-cosh'],
    about: '1 - D, -D (nnU-Net), -ln D per class, or ln cosh of the mean of 1 - D',
  },
} as const;

/** ln cosh x without overflow. */
const logCosh: Bend = {
  value: (x) => Math.abs(x) + Math.log1p(Math.exp(-2 * Math.abs(x))) - Math.LN2,
  slope: Math.tanh,
};

/** Soft Dice loss with the conventions of every library as options. */
export const dice: Loss = loss({
  id: 'dice',
  title: 'Dice loss',
  formula: 'L = mean_c 1 - (2 sum p g + s) / (sum p + sum g + s)',
  about:
    'One minus the soft Dice coefficient per class. Libraries differ in sign, smoothing (SMP counts the same number twice), ' +
    'batch, background and absent classes.',
  when: 'rare foreground; add cross-entropy, which keeps the gradient alive while the overlap is nil',
  source: 'Milletari et al. 2016, arXiv 1606.04797; Drozdzal et al. 2016, arXiv 1608.04117',
  options,
  ...indexRegion((o: IndexValues) => ({
    k: 2,
    fp: 0.5,
    fn: 0.5,
    ...(o.form === 'log-cosh' ? { whole: logCosh } : {}),
  })),
});
