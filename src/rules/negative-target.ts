import { type Rule, rule, type Subject } from '../core/index.ts';
import { brokenTargetConsequences } from './_consequences.ts';
import { twoValues, validValues, voidLabels } from './_target-values.ts';
import { count, percent, significant } from './_words.ts';

/** A distance map has thousands of distinct values, a normalised mask a handful. */
const distanceMap = 1000;

/** What interpolation and differences of floats leave below 0. */
const rounding = 1e-6;

/** Targets below zero that nobody declared as ignored. */
export const negativeTarget: Rule = rule({
  id: 'negative-target',
  title: 'the target goes below zero',
  severity: 'error',
  explain: {
    test:
      'The smallest valid value of the target is below -1e-6 (less is rounding), it is not declared as ignored, and it is no usual void id (-1 and ' +
      '-100 beside the class ids belong to undeclared-ignore-label). Targets with over 1,000 distinct values are taken for ' +
      'signed distance maps.',
    why:
      'A mask that was normalised like an image, with mean 0.5 and deviation 0.5, holds -1 and 1. Binary cross-entropy of ' +
      'a negative target rewards a logit for going to minus infinity, so the loss has no lowest value, turns negative and ' +
      'keeps falling while the network gets worse. Dice divides by a sum that may vanish.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'keep Normalize away from masks; (mask + 1) / 2 undoes mean 0.5 and deviation 0.5',
      },
      { framework: 'MONAI', text: "keys=['image'] only in NormalizeIntensityd" },
      {
        framework: 'Keras',
        text: 'separate generators for images and masks; no featurewise or samplewise options on the masks',
      },
    ],
    exceptions:
      'A signed distance map as the target of a boundary loss with few distinct values; or a void id of your own: declare it with ' +
      '--ignore-index.',
    seen: ['https://github.com/bigmb/Unet-Segmentation-Pytorch-Nest-of-Unets/issues/18'],
  },
  examples: {
    fires: {
      prediction: 'aabb\naabb\nabbb\nabbb',
      legend: { a: [1.9], b: [-2.2] },
      target: 'pp--\npp--\np---\np---',
      labels: { p: 1, '-': -1 },
      targetDtype: 'float32',
      args: ['--loss', 'bce-logits'],
    },
    clear: {
      prediction: 'aabb\naabb\nabbb\nabbb',
      legend: { a: [1.9], b: [-2.2] },
      target: '11--\n11--\n10--\n1000',
      labels: { '-': -1 },
      targetDtype: 'float32',
      args: ['--loss', 'bce-logits', '--ignore-index', '-1'],
    },
  },
  looksAt: ['target'],
  explains: brokenTargetConsequences,
  needs: {},
  check(_values, subject, { losses }) {
    const { size } = subject.target.profile;
    const negative = negativeValues(subject);
    const [[lowest] = [Number.NaN]] = negative;
    if (!(lowest < 0)) return undefined;
    const pixels = negative.reduce((sum, [, n]) => sum + n, 0);
    const pair = twoValues(subject);
    const remedy =
      pair === null
        ? 'keep normalisation away from masks'
        : `read as 0 and 1 by (mask ${pair[0] < 0 ? '+' : '-'} ${significant(Math.abs(pair[0]))}) / ${significant(pair[1] - pair[0])}; keep normalisation away from masks`;
    const title = losses[0]?.spec.loss.title ?? 'the loss';
    return {
      message:
        `the target goes down to ${significant(lowest)}: ${count(pixels)} pixels (${percent(pixels / size)}) are negative, and ` +
        `${title} takes targets from 0 up. ${remedy}`,
      evidence: [
        { label: 'smallest target value', value: lowest, limit: 0 },
        { label: 'negative pixels', value: (100 * pixels) / size, unit: '%', limit: 0 },
        { label: 'distinct values', value: validValues(subject).length, limit: distanceMap },
      ],
      ...(pair === null ? {} : { repair: { repair: 'recentre-target' } }),
      strength: pair === null ? 0.85 : 0.95,
    };
  },
});

/** Negative values, lowest first, of a target that is neither a distance map nor one with void. */
function negativeValues(subject: Subject): [value: number, pixels: number][] {
  const values = validValues(subject);
  if (!subject.target.profile.complete || values.length > distanceMap || voidLabels(subject).length > 0) return [];
  return values.filter(([value]) => value < -rounding);
}
