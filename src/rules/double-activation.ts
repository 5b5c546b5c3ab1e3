import { type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { percent, significant } from './_words.ts';

/** ln of the largest ratio between two channels of softmax(softmax(z)), with room for rounding. */
const softmaxRatio = { float32: 1.001, float16: 1.002 };
const sigmoidBand = [0.4999, 0.7312] as const;
const enough = 0.01;

/** The stored probabilities went through an activation twice. */
export const doubleActivation: Rule = rule({
  id: 'double-activation',
  title: 'the stored probabilities were activated twice',
  severity: 'error',
  explain: {
    test:
      'Channels sum to 1, no channel of any pixel is more than e times another (ln ratio at most 1.001; 1.002 for float16), ' +
      'and at least 1 % of the pixels come close to that bound (ln ratio 0.9). Or all values lie in [0.4999, 0.7312], at ' +
      'least 1 % of them above 0.70 and 1 % below 0.51. Both bounds are exact for an activation applied to values in [0, 1].',
    why:
      'The second activation squeezes everything: softmax of values between 0 and 1 gives no class more than ' +
      'e / (e + C - 1), sigmoid stays between 0.5 and 0.731. No pixel can be sure of anything, a loss on these ' +
      'probabilities has a floor far above 0, and a threshold of one half calls every pixel foreground.',
    fix: [
      { framework: 'PyTorch', text: 'apply softmax or sigmoid once: in the network or after it' },
      {
        framework: 'MONAI',
        text: 'set one activation and only one: in the network (act), in the loss (softmax=True, sigmoid=True) or in Activationsd',
      },
      {
        framework: 'Keras',
        text: 'activation="softmax" or "sigmoid" on the last layer only, no Activation layer after it',
      },
      { framework: 'SMP', text: 'activation=None in the model when the training code applies sigmoid itself' },
    ],
    exceptions:
      'A network that is still near uniform satisfies the bound without coming close to it, and stays clear. A network ' +
      'trained to put out soft labels between 0.5 and 0.73 would be misjudged.',
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [0.7109, 0.2891], b: [0.2942, 0.7058] },
      target: '001\n011\n111',
      args: ['--loss', 'ce:from=probabilities'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [0.95, 0.05], b: [0.08, 0.92] },
      target: '001\n011\n111',
      args: ['--loss', 'ce:from=probabilities'],
    },
  },
  looksAt: ['prediction'],
  explains: [
    '*',
    'confidently-wrong',
    'threshold-misfit',
    'plateau-value',
    'exploded-logits',
    'probabilities-as-logits',
    'probabilities-as-log-probabilities',
    'vanishing-gradient',
    'miscalibrated',
    'no-better-than-prior',
    'multilabel-vs-multiclass',
    'single-class-collapse',
  ],
  needs: {},
  check(_, subject) {
    if (fromSoftmax(subject)) return softmaxFinding(subject);
    return fromSigmoid(subject) ? sigmoidFinding(subject) : undefined;
  },
});

function ratioLimit({ prediction }: Subject): number {
  return prediction.dtype === 'float16' ? softmaxRatio.float16 : softmaxRatio.float32;
}

function fromSoftmax(subject: Subject): boolean {
  const { sumsToOne, largestRatio, wideRatio } = subject.prediction.profile;
  return subject.channels > 1 && sumsToOne >= 0.999 && largestRatio <= ratioLimit(subject) && wideRatio >= enough;
}

function fromSigmoid({ prediction }: Subject): boolean {
  const { min, max, above070, below051 } = prediction.profile;
  return min >= sigmoidBand[0] && max <= sigmoidBand[1] && above070 >= enough && below051 >= enough;
}

function softmaxFinding(subject: Subject): Finding {
  const { max, largestRatio, wideRatio } = subject.prediction.profile;
  const ceiling = Math.E / (Math.E + subject.channels - 1);
  return {
    message:
      `the highest probability in the file is ${significant(max)}, and softmax of values in [0, 1] cannot exceed ` +
      `${significant(ceiling)} with ${subject.channels} classes: softmax was applied twice. a single one can reach 1; drop one of them.`,
    evidence: [
      { label: 'highest probability', value: max, limit: `${significant(ceiling)} after two softmaxes` },
      { label: 'largest ln(p/q) within a pixel', value: largestRatio, limit: ratioLimit(subject) },
      { label: 'pixels with ln(p/q) of 0.9 or more', value: 100 * wideRatio, unit: '%', limit: 100 * enough },
      { label: 'lowest cross-entropy per pixel', value: -Math.log(ceiling) },
    ],
    strength: 0.97,
  };
}

function sigmoidFinding({ prediction }: Subject): Finding {
  const { min, max, above070, below051 } = prediction.profile;
  return {
    message:
      `all values lie between ${significant(min)} and ${significant(max)}, the range of a sigmoid of values in [0, 1] (0.5 to 0.731), and ` +
      `${percent(below051)} of them hug its lower end: sigmoid was applied twice. a single one can reach 0 and 1; drop one of them.`,
    evidence: [
      { label: 'smallest value', value: min, limit: sigmoidBand[0] },
      { label: 'largest value', value: max, limit: sigmoidBand[1] },
      { label: 'values above 0.70', value: 100 * above070, unit: '%', limit: 100 * enough },
      { label: 'values below 0.51', value: 100 * below051, unit: '%', limit: 100 * enough },
    ],
    strength: 0.93,
  };
}
