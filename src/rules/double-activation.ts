import { type Finding, type Rule, rule, type Subject } from '../core/index.ts';
import { misreadConsequences } from './_consequences.ts';
import { significant } from './_words.ts';

/** ln of the largest ratio between two channels of softmax(softmax(z)), with room for rounding. */
const softmaxRatio = { float32: 1.001, float16: 1.002 };
const sigmoidBand = [0.4999, 0.7312] as const;
const enough = 0.01;
const crowd = 0.25;

/** The stored probabilities went through an activation twice. */
export const doubleActivation: Rule = rule({
  id: 'double-activation',
  title: 'the stored probabilities were activated twice',
  severity: 'error',
  explain: {
    test:
      'Channels sum to 1, no channel of any pixel is more than e times another (ln ratio at most 1.001; 1.002 for float16), ' +
      'and at least 1 % of the pixels come close to that bound (ln ratio 0.9). Or all values lie in [0.4999, 0.7312] and fill ' +
      'that band: at least 1 % lie above 0.70 and 1 % below 0.51, or a quarter crowd at one end and some value comes within ' +
      '0.016 of the other. Both bounds are exact for an activation applied to values in [0, 1].',
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
    seen: ['https://github.com/Hsuxu/Loss_ToolBox-PyTorch/issues/11'],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [0.7191, 0.2809], b: [0.2769, 0.7231] },
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
  explains: [...misreadConsequences, 'probabilities-as-logits', 'probabilities-as-log-probabilities'],
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
  if (!(min >= sigmoidBand[0] && max <= sigmoidBand[1])) return false;
  const crowded = (above070 >= crowd && min <= 0.515) || (below051 >= crowd && max >= 0.715);
  return crowded || (above070 >= enough && below051 >= enough);
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
  const crowds = [
    { label: 'values above 0.70', share: above070 },
    { label: 'values below 0.51', share: below051 },
  ].filter(({ share }) => share >= enough);
  return {
    message:
      `all values lie between ${significant(min)} and ${significant(max)}, which fills the range of a sigmoid of values in [0, 1] ` +
      '(0.5 to 0.731): sigmoid was applied twice. a single one can reach 0 and 1; drop one of them.',
    evidence: [
      { label: 'smallest value', value: min, limit: sigmoidBand[0] },
      { label: 'largest value', value: max, limit: sigmoidBand[1] },
      ...crowds.map(({ label, share }) => ({
        label,
        value: 100 * share,
        unit: '%',
        limit: 100 * (crowds.length === 1 ? crowd : enough),
      })),
    ],
    strength: 0.93,
  };
}
