import { type Evaluation, type Evidence, type Rule, rule, viewKey } from '../core/index.ts';
import { type Confusion, confusion } from '../measures/index.ts';
import { className } from './_classes.ts';
import { percent } from './_words.ts';

const areaLimit = 1e-3;
const gradientLimit = 1e-3;
const recallLimit = 0.5;

/** A class that is not found, and for which the loss pulls at nothing. */
export const starvedClass: Rule = rule({
  id: 'starved-class',
  title: 'a class that is missed gets next to no gradient',
  severity: 'warning',
  explain: {
    test:
      'A class with at least 0.1 % of the valid pixels, of which fewer than half are found, has less than 0.1 % of the squared gradient ' +
      'of the loss at the logits. The loss is taken as the training code has it, where it is fed as it should be.',
    why:
      'Only the gradient on its own pixels teaches the network to find a class. Region losses lose it where the prediction has ' +
      'saturated, focal losses and weights where they are set against it: then training goes on and this class does not move.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'add cross-entropy, whose gradient is largest where the network is wrong; check weight= and its order',
      },
      { framework: 'MONAI', text: 'DiceCELoss instead of DiceLoss; check weight and include_background' },
      { framework: 'Keras', text: 'the sum of Dice and CategoricalCrossentropy; check sample_weight' },
      { framework: 'SMP', text: 'SoftCrossEntropyLoss beside DiceLoss or TverskyLoss; check classes=' },
      { framework: 'mmseg', text: 'CrossEntropyLoss beside DiceLoss; check class_weight and ignore_index' },
    ],
    exceptions: 'A class that is left out of the loss on purpose.',
  },
  examples: {
    fires: {
      prediction: 'aaaa\naaac\naacc\naaaa',
      legend: { a: [1.6, -1.2], c: [11, -10] },
      target: '0000\n0001\n0011\n0000',
      args: ['--loss', 'dice'],
    },
    clear: {
      prediction: 'aaaa\naaac\naacc\naaaa',
      legend: { a: [1.6, -1.2], c: [11, -10] },
      target: '0000\n0001\n0011\n0000',
      args: ['--loss', 'ce'],
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: { confusion },
  check(values, subject, { losses, others }) {
    if (subject.prediction.activation !== 'logits') return { notApplicable: 'the file holds no logits' };
    const judged = losses.filter(isFedProperly);
    if (judged.length === 0) return { notApplicable: 'no loss that is fed as it should be passes a gradient' };
    const { truth, agreed, valid } = values.confusion;
    for (const loss of judged) {
      const shares = loss.gradient?.perClass ?? [];
      const starved = shares.flatMap((share, row) =>
        share < gradientLimit && isMissed(values.confusion, row) ? [row] : [],
      );
      const row = starved.sort((a, b) => (truth[b] ?? 0) - (truth[a] ?? 0))[0];
      if (row === undefined) continue;
      const recall = (agreed[row] ?? 0) / (truth[row] ?? 0);
      const area = (truth[row] ?? 0) / valid;
      const better = others.find(
        (it) => it.spec.loss.family === 'distribution' && isFedProperly(it) && shareOf(it, row) >= gradientLimit,
      );
      return {
        message:
          `class ${className(subject, row)} has ${percent(area)} of the pixels and ${percent(recall)} of them are found, yet ` +
          `${percent(shareOf(loss, row))} of the squared gradient of ${loss.spec.text} lies on them. ` +
          (better === undefined
            ? 'a class that is to be learned needs a share of it'
            : `${better.spec.text} has ${percent(shareOf(better, row))} there: add it, or take it instead`),
        evidence: [
          {
            label: `class ${className(subject, row)} in the target`,
            value: 100 * area,
            unit: '%',
            limit: 100 * areaLimit,
          },
          { label: 'found', value: 100 * recall, unit: '%', limit: 100 * recallLimit },
          gradientShare(loss, row, 100 * gradientLimit),
          ...others.filter(isFedProperly).map((other) => gradientShare(other, row)),
        ],
        strength: 0.5,
      };
    }
    return undefined;
  },
});

/** True for a loss that passes a gradient and sees the prediction as it is made for. */
function isFedProperly({ wired, proper, gradient }: Evaluation): boolean {
  const size = gradient?.l2 ?? 0;
  return size > 0 && Number.isFinite(size) && viewKey(wired) === viewKey(proper);
}

function isMissed({ truth, agreed, valid }: Confusion, row: number): boolean {
  return (truth[row] ?? 0) / valid >= areaLimit && (agreed[row] ?? 0) / (truth[row] ?? 0) < recallLimit;
}

/** Share of the squared gradient on the pixels of a class. */
function shareOf({ gradient }: Evaluation, row: number): number {
  return gradient?.perClass[row] ?? 0;
}

function gradientShare(loss: Evaluation, row: number, limit?: number): Evidence {
  const label = `squared gradient of ${loss.spec.text} on them`;
  return { label, value: 100 * shareOf(loss, row), unit: '%', ...(limit === undefined ? {} : { limit }) };
}
