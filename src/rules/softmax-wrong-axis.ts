import { type Answer, type Circumstances, type Rule, rule, type Subject, type WrongAxis } from '../core/index.ts';
import { misreadConsequences } from './_consequences.ts';
import { told } from './_reported.ts';
import { significant } from './_words.ts';

const names: Readonly<Record<WrongAxis, string>> = {
  N: 'the images of the batch (N)',
  D: 'the slices (D)',
  H: 'the rows (H)',
  W: 'the columns (W)',
  space: 'all pixels of an image',
};

/** Probabilities that were normalised over an axis other than the classes. */
export const softmaxWrongAxis: Rule = rule({
  id: 'softmax-wrong-axis',
  title: 'softmax ran over the wrong axis',
  severity: 'error',
  explain: {
    test:
      'Along some axis that is not the class axis the values sum to 1 (median distance from 1 below 0.001), and along the ' +
      'class axis they do not (above 0.05). Axes of length 1 are left out. The two limits lie a factor of 50 apart. Or the file ' +
      'holds logits, and the reported value is the loss of their softmax over such an axis.',
    why:
      'The classes of a pixel no longer compete with each other but with the same class elsewhere: in other rows, or in other ' +
      'images of the batch. The numbers look like probabilities and mean nothing for a single pixel; over an image axis they ' +
      'are also about as small as one over its length.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'softmax(dim=1) on [N, C, H, W], dim=0 on [C, H, W]; without dim torch takes axis 0 of a 3-D tensor',
      },
      { framework: 'MONAI', text: 'softmax=True in the loss always uses axis 1: keep the batch axis' },
      { framework: 'Keras', text: 'Softmax(axis=-1) for channels last, axis=1 for channels first' },
      { framework: 'nnU-Net', text: 'softmax_helper_dim1 with a batch axis, softmax_helper_dim0 without one' },
    ],
    exceptions:
      'Attention maps over space are normalised so on purpose, but are no prediction of classes. Where the class axis and the ' +
      'axis found are of equal length, the layout may be misread instead: pass --layout.',
    seen: ['https://github.com/qubvel-org/segmentation_models.pytorch/issues/143'],
  },
  examples: {
    fires: {
      prediction: 'aabc\nbbca\nccab',
      legend: { a: [0.5, 0.2], b: [0.3, 0.2], c: [0.2, 0.6] },
      target: '0011\n0110\n1100',
      args: ['--loss', 'ce:from=probabilities'],
    },
    clear: {
      prediction: 'aabc\nbbca\nccab',
      legend: { a: [0.5, 0.5], b: [0.7, 0.3], c: [0.2, 0.8] },
      target: '0011\n0110\n1100',
      args: ['--loss', 'ce:from=probabilities'],
    },
  },
  looksAt: ['prediction'],
  explains: [
    ...misreadConsequences,
    'probabilities-as-logits',
    'probabilities-as-log-probabilities',
    'logits-as-probabilities',
    'constant-output',
    'log-of-zero',
  ],
  needs: {},
  check(_, subject, circumstances) {
    if (subject.channels === 1) {
      const reason = 'the prediction has one channel, so there is no class axis to sum over';
      return inTraining(circumstances) ?? { notApplicable: reason };
    }
    const { otherAxes, sumError } = subject.prediction.profile;
    const other = otherAxes.find((it) => it.sumError < 1e-3);
    if (other === undefined || !(sumError > 0.05)) return inTraining(circumstances);
    const alike = circumstances.options.layout === null && lengthOf(subject, other.axis) === subject.channels;
    const where = names[other.axis];
    return {
      ...(alike && other.axis !== 'N' ? { severity: 'warning' } : {}),
      message:
        `the values sum to 1 over ${where} (median distance ${significant(other.sumError, 2)}) and not over the ${subject.channels} ` +
        `classes (${significant(sumError, 2)}): softmax must run over the class axis, which is axis ${subject.prediction.layout.indexOf('C')} ` +
        `of ${subject.prediction.layout}.${alike ? ' both axes have the same length; pass --layout if it was misread.' : ''}`,
      evidence: [
        { label: `median distance of sums over ${other.axis} from 1`, value: other.sumError, limit: 1e-3 },
        { label: 'median distance of sums over C from 1', value: sumError, limit: 0.05 },
        { label: `length of ${other.axis}`, value: lengthOf(subject, other.axis) },
      ],
      strength: 0.97,
    };
  },
});

/** The file holds logits, but the reported value is that of a softmax over another axis. */
function inTraining(circumstances: Circumstances): Answer {
  const { reportedValue, losses } = circumstances;
  const [loss] = losses;
  const found = told(circumstances, ['softmax-wrong-axis']);
  if (found === undefined || reportedValue === null || loss === undefined) return undefined;
  const { match, sure } = found;
  return {
    ...(sure ? {} : { severity: 'warning' }),
    message:
      `the file holds logits, but the reported ${reportedValue} is the value after ${match.departures.join(' and ')}: softmax must run ` +
      'over the class axis, dim=1 with a batch axis',
    evidence: [
      { label: 'reported', value: reportedValue },
      { label: match.departures.join(' and '), value: match.value },
      { label: 'softmax over the classes', value: loss.value },
    ],
    effect: { what: 'softmax over the classes', loss: loss.spec.text, before: reportedValue, after: loss.value },
    strength: sure ? 0.9 : 0.5,
  };
}

function lengthOf({ spatial, images, pixels }: Subject, axis: WrongAxis): number {
  if (axis === 'space') return pixels;
  return axis === 'N' ? images : (spatial['DHW'.slice(-spatial.length).indexOf(axis)] ?? 0);
}
