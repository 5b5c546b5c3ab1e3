import { type Circumstances, type Evaluation, type Rule, rule, type Subject } from '../core/index.ts';
import { type Confusion, confusion, kappa } from '../measures/index.ts';
import { explanation, reportedNumber, reportedObstacle } from './_reported.ts';
import { significant } from './_words.ts';

const tolerance = 5e-3;
/** Decisions that agree no better than this know nothing of the image. */
const blindKappa = 0.1;
const collapsedShare = 0.995;

const crossEntropies = ['ce', 'nll', 'bce', 'bce-logits'];

/** A loss that stands on the value of a named failure. */
export const plateauValue: Rule = rule({
  id: 'plateau-value',
  title: 'the reported value is that of a network that sees nothing',
  severity: 'warning',
  explain: {
    test:
      'The reported value (three digits at least) is within 0.5 % of a uniform guess (ln C), of knowing the class frequencies only, ' +
      'of the floor of softmax or sigmoid applied twice, of a Dice loss with one class learned (1 - 1/C), or of no overlap at all ' +
      '(1). Where it also is what these arrays score, their decisions must be blind as well: kappa below 0.1, or one class on 99.5 %.',
    why:
      'A training curve that goes flat usually goes flat at one of these numbers, and each of them names its cause: nothing learned ' +
      'yet, only a bias per class learned, the activation taken twice, everything assigned to one class.',
    fix: [
      { framework: 'PyTorch', text: 'overfit one batch; check learning rate, frozen layers, activation and loss' },
      { framework: 'MONAI', text: 'the same; look at a transformed image and its label side by side' },
      { framework: 'Keras', text: 'the same; check from_logits against the last activation' },
    ],
    exceptions:
      'A coincidence: one value in some hundred lies this close to one of them. Look at the next epoch as well.',
    seen: [
      'https://github.com/NifTK/NiftyNet/issues/208',
      'https://github.com/HasnainRaz/FC-DenseNet-TensorFlow/issues/16',
      'https://github.com/milesial/Pytorch-UNet/issues/133',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'ce', '--reported', '0.693'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'ce', '--reported', '0.336643'],
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: { confusion },
  check(values, subject, circumstances) {
    const obstacle = reportedObstacle(circumstances);
    const typed = reportedNumber(circumstances);
    const [loss] = circumstances.losses;
    if (obstacle !== null || typed === null || loss === undefined) return obstacle ?? undefined;
    if (isExplainedOtherwise(circumstances)) return undefined;
    const near = levels(loss, subject).filter(({ value }) => Math.abs(typed.value - value) <= tolerance * value);
    const [level] = near.sort((a, b) => Math.abs(typed.value - a.value) - Math.abs(typed.value - b.value));
    if (level === undefined) return undefined;
    const asDeclared = circumstances.reported?.verdict === 'declared';
    if (asDeclared && !isBlind(values.confusion, subject)) return undefined;
    return {
      message:
        `the reported ${typed.text} is ${level.formula} = ${significant(level.value, 5)}: ${level.meaning}. ` +
        `${asDeclared ? 'these arrays say so too' : `these arrays score ${significant(loss.value, 5)}, so it is of another batch or epoch`}.`,
      evidence: [
        { label: 'reported', value: typed.value },
        { label: level.formula, value: level.value, limit: 'within 0.5 %' },
        { label: `${loss.spec.text} on these arrays`, value: loss.value },
      ],
      strength: 0.65,
    };
  },
});

interface Level {
  readonly value: number;
  readonly formula: string;
  readonly meaning: string;
}

/** Where losses of this kind stand still, and why. */
function levels({ spec, uniform, prior }: Evaluation, { channels, rows, weights }: Subject): Level[] {
  const { id } = spec.loss;
  const softmax = spec.loss.activation(spec.options, channels === 1 ? 'binary' : 'exclusive') === 'softmax';
  if (crossEntropies.includes(id) && weights === null) {
    return [
      {
        value: uniform,
        formula: softmax ? `ln ${channels}` : 'ln 2',
        meaning: 'a uniform guess; nothing is learned yet',
      },
      {
        value: prior,
        formula: 'the entropy of the class frequencies',
        meaning: 'the frequencies are known, the image is not seen',
      },
      ...(softmax
        ? [
            {
              value: Math.log1p((channels - 1) / Math.E),
              formula: `ln(1 + ${channels - 1}/e)`,
              meaning: 'the floor of a loss that takes softmax twice',
            },
          ]
        : []),
    ];
  }
  if (id !== 'dice' || spec.options.form !== 'complement') return [];
  const oneLearned = {
    value: 1 - 1 / rows,
    formula: `1 - 1/${rows}`,
    meaning: 'one class is learned, the others score nothing',
  };
  return [...(channels > 1 ? [oneLearned] : []), { value: 1, formula: '1', meaning: 'nothing overlaps' }];
}

/** A formula other than a constant predictor makes this number, so that it is none of these levels. */
function isExplainedOtherwise(circumstances: Circumstances): boolean {
  const { reported } = circumstances;
  return reported?.verdict === 'explained' && explanation(circumstances, ['constant-predictor']) === null;
}

function isBlind({ matrix, predicted, valid }: Confusion, { rows }: Subject): boolean {
  const top = Math.max(...predicted) / valid;
  // kappa is undefined where one class is all there is.
  return top >= collapsedShare || (matrix !== null && kappa(matrix, rows) < blindKappa);
}
