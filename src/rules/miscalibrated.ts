import { type Answer, type Effect, type Rule, rule, type Subject } from '../core/index.ts';
import { calibration, type Temperature, temperature } from '../measures/index.ts';
import { count, percent, significant } from './_words.ts';

/** Closer to 1/C than this on average, the winner is one by a hair, and so is whether it is right. */
const evenLimit = 1e-3;
const errorLimit = 0.1;
/** With fewer decisions the 15 bins are too empty to say anything. */
const fewest = 1000;
/** A temperature is worth naming when it lowers the cross-entropy by this share. */
const gain = 0.01;

/** Probabilities that do not say how often the decision is right. */
export const miscalibrated: Rule = rule({
  id: 'miscalibrated',
  title: 'the probabilities are not to be taken at their word',
  severity: 'note',
  explain: {
    test:
      'The expected calibration error over 15 bins of the winning probability is above 0.1, on 1,000 decisions or more: on average the ' +
      'network is surer than right, or less sure, by a tenth. The temperature that lowers the cross-entropy most is worked out on ' +
      'a sample of about 8,000 pixels.',
    why:
      'A network that is too sure pays for every error many times over, so the cross-entropy rises while the decisions get better; ' +
      'one that is not sure enough pays on every pixel that it gets right. One number that divides all logits shows how much of the loss ' +
      'is confidence alone: the decisions stay the same.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'logits / T after training, T fitted on validation data; label_smoothing or weight decay while training',
      },
      {
        framework: 'MONAI',
        text: 'the same; NACLLoss, or label_smoothing in DiceCELoss. Dice alone makes networks too sure',
      },
      { framework: 'Keras', text: 'divide the logits by T before the softmax; label_smoothing in the loss' },
      {
        framework: 'nnU-Net',
        text: 'calibrate the softmax of the ensemble: its Dice term makes single networks too sure',
      },
    ],
    exceptions:
      'Early training, class weights and oversampling all shift probabilities on purpose. Where only the mask counts, calibration ' +
      'does not.',
  },
  examples: {
    fires: {
      prediction: 'aaab\naabb\nabbb\nabbb',
      legend: { a: [4.2, -4], b: [-3.9, 4.1] },
      target: '0000\n0110\n0111\n0111',
      repeat: [10, 10],
    },
    clear: {
      prediction: 'aaab\naabb\nabbb\nabbb',
      legend: { a: [0.9, -0.7], b: [-0.7, 0.8] },
      target: '0000\n0110\n0111\n0111',
      repeat: [10, 10],
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: { calibration, temperature },
  check(values, subject): Answer {
    if (isHard(subject)) return { notApplicable: 'the prediction holds decisions, not probabilities' };
    const { decisions, confidence, accuracy, error } = values.calibration;
    if (!(error > errorLimit && decisions >= fewest)) return undefined;
    const even = subject.kind === 'exclusive' ? 1 / subject.channels : 1 / 2;
    if (!(confidence - even > evenLimit)) return { notApplicable: 'no class is more probable than another' };
    const { temperature: best, before, after, pixels } = values.temperature;
    const effect = cooling(values.temperature);
    return {
      message:
        `the winner has p = ${significant(confidence, 3)} on average, ${percent(accuracy)} are right; ` +
        (effect === null ? 'no temperature helps' : `T = ${significant(best, 3)} costs less`),
      evidence: [
        { label: 'expected calibration error, 15 bins', value: error, limit: errorLimit },
        { label: 'mean probability of the winner', value: confidence },
        { label: 'decisions that are right', value: accuracy },
        { label: 'temperature with the lowest cross-entropy', value: best },
        { label: 'cross-entropy as it is, on a sample', value: before },
        { label: 'with that temperature', value: after },
        { label: 'pixels in the sample', value: count(pixels) },
      ],
      ...(effect === null ? {} : { effect }),
      strength: 0.3,
    };
  },
});

function isHard({ prediction: { activation } }: Subject): boolean {
  return activation === 'one-hot' || activation === 'labels';
}

/** What the best temperature does; null where it does next to nothing. */
function cooling({ temperature: best, before, after }: Temperature): Effect | null {
  if (!(after < (1 - gain) * before)) return null;
  return { what: `logits divided by ${significant(best, 3)}`, loss: 'cross-entropy', before, after };
}
