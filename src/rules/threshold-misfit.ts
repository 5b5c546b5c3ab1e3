import { type Rule, rule, type Subject } from '../core/index.ts';
import { type Thresholds, thresholds } from '../measures/index.ts';
import { className } from './_classes.ts';
import { significant } from './_words.ts';

const gainLimit = 0.1;
const aucLimit = 0.8;
const lostLimit = 0.1;
/** Of fewer pixels a Dice depends on single ones. */
const fewest = 100;

/** The ranking of the pixels is good, and the threshold of 1/2 wastes it. */
export const thresholdMisfit: Rule = rule({
  id: 'threshold-misfit',
  title: 'a threshold other than 0.5 gives much better masks',
  severity: 'warning',
  explain: {
    test:
      'Of all thresholds from 0.02 to 0.98 the best gives a Dice at least 0.1 above the one at 0.5; or pixels of the class get a ' +
      'higher probability than others in 80 % of all pairs (AUC), while Dice at 0.5 is below 0.1. For one channel, two classes or ' +
      'overlapping classes, on 100 pixels of the class or more.',
    why:
      'A rare foreground, a weighted loss or an early stop keeps all probabilities on one side of 0.5. The network tells object from ' +
      'background, and the mask does not show it: Dice looks stuck, the picture black or white.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'threshold chosen on validation data, or calibrate; logits are compared with 0, not with 0.5',
      },
      { framework: 'MONAI', text: 'AsDiscrete(threshold=...) after Activations(sigmoid=True)' },
      { framework: 'Keras', text: 'BinaryIoU(threshold=...), and the same threshold where masks are made' },
      { framework: 'SMP', text: 'metrics.get_stats(..., threshold=...)' },
    ],
    exceptions:
      'The threshold was chosen on the same pixels that it is judged by, so its Dice is an upper bound. A prediction that ranks ' +
      'pixels well and is still far from the frequencies is often only early.',
    seen: [
      'https://github.com/luca-medeiros/lightning-sam/issues/13',
      'https://github.com/ovh/ai-training-examples/issues/111',
    ],
  },
  examples: {
    fires: {
      prediction: 'aaab\naabb\nabbb\naaab',
      legend: { a: [-3.2], b: [-0.4] },
      target: '0001\n0011\n0111\n0001',
      repeat: [5, 5],
    },
    clear: {
      prediction: 'aaab\naabb\nabbb\naaab',
      legend: { a: [-3.2], b: [0.4] },
      target: '0001\n0011\n0111\n0001',
      repeat: [5, 5],
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: { thresholds },
  check(values, subject) {
    if (values.thresholds.length === 0)
      return { notApplicable: 'the largest of several classes wins: there is no threshold' };
    const worst = values.thresholds.filter(isMisfit).sort((a, b) => gain(b) - gain(a))[0];
    if (worst === undefined) return undefined;
    const { row, best, auc, dice } = worst;
    return {
      message:
        `Dice${of(subject, row)} is ${score(dice(0.5))} at a threshold of 0.5` +
        (gain(worst) > 0
          ? ` and ${score(dice(best))} at ${significant(best)} (an upper bound, chosen on these pixels). `
          : `, and no threshold from 0.02 on is better, though the ranking is good (AUC ${score(auc)}). `) +
        'choose the threshold on validation data, and make sure that logits are compared with 0.',
      evidence: [
        { label: 'Dice at 0.5', value: dice(0.5) },
        { label: 'best threshold', value: best },
        { label: 'Dice there', value: dice(best), limit: dice(0.5) + gainLimit },
        { label: 'area under the ROC curve', value: auc },
        ...[0.1, 0.25, 0.75, 0.9].map((at) => ({ label: `Dice at ${at}`, value: dice(at) })),
      ],
      strength: 0.5,
    };
  },
});

function gain({ best, dice }: Thresholds): number {
  return Number.isNaN(best) ? 0 : dice(best) - dice(0.5);
}

function isMisfit(it: Thresholds): boolean {
  if (!(it.inside >= fewest && it.outside > 0)) return false;
  return gain(it) >= gainLimit || (it.auc >= aucLimit && it.dice(0.5) < lostLimit);
}

function of(subject: Subject, row: number): string {
  return subject.kind === 'multilabel' ? ` of class ${className(subject, row)}` : '';
}

function score(value: number): string {
  return value.toFixed(2);
}
