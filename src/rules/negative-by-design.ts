import { type Evaluation, type Finding, type Match, type Rule, rule } from '../core/index.ts';
import { declaredLosses } from './_declared.ts';
import { explanation, reportedNumber } from './_reported.ts';
import { significant } from './_words.ts';

/** A negative loss: as low as it may be, or impossible. */
export const negativeByDesign: Rule = rule({
  id: 'negative-by-design',
  title: 'the loss is negative, as its formula allows',
  severity: 'note',
  explain: {
    test:
      'The declared loss, or the value reported of it, is below 0, and the infimum of the formula is as well: -Dice, cross-entropy ' +
      'minus Dice, class weights that do not average to 1, signed distances. Below the infimum it is an error (a warning for ' +
      'overlap losses, which some code negates). A reported value that is the declared loss but for its sign is named as that.',
    why:
      'Some losses end below 0: nnU-Net takes cross-entropy minus Dice, whose best value is -1, and a boundary loss on signed ' +
      'distances ends at minus the mean depth of the objects. Only the distance to the lowest value counts. Cross-entropy, focal ' +
      'loss and their like cannot be negative when the target holds classes.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'add the constant if the number confuses, such as 1 - dice; the gradient is the same',
      },
      { framework: 'MONAI', text: 'the same; its losses are 1 - index' },
      { framework: 'nnU-Net', text: 'nothing: its loss runs to -1' },
      {
        framework: 'Keras',
        text: 'the same; if it is cross-entropy that is negative, look at the range of the target',
      },
    ],
    exceptions:
      'A term that lossprobe does not know, such as the logarithm of learned task weights, lowers a sum without a bound.',
    seen: [
      'https://github.com/MIC-DKFZ/nnUNet/issues/666',
      'https://github.com/MIC-DKFZ/nnUNet/issues/1795',
      'https://github.com/282857341/nnFormer/issues/40',
      'https://github.com/LIVIAETS/boundary-loss/issues/35',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-3.4], b: [2.9] },
      target: '001\n011\n011',
      args: ['--loss', 'dice-ce:form=negative'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-3.4], b: [2.9] },
      target: '001\n011\n011',
      args: ['--loss', 'dice-ce'],
    },
  },
  looksAt: ['pair'],
  explains: ['convention-variant'],
  needs: {},
  check(_values, _subject, circumstances) {
    const declared = declaredLosses(circumstances).filter(({ raises }) => raises === null);
    const [first] = declared;
    if (first === undefined) return { notApplicable: 'no loss was declared (--loss)' };
    const typed = reportedNumber(circumstances);
    if (typed !== null && typed.value < 0) {
      const otherSign = explanation(circumstances, ['negated-dice']);
      if (otherSign !== null) return bySign(first, typed.text, otherSign);
      // A reported value that another formula explains is that formula's business.
      const unexplained = circumstances.reported?.verdict === 'unexplained';
      if (unexplained) return judged(first, typed.value, 'the reported value');
    }
    const negative = declared.find(({ value }) => value < 0);
    return negative === undefined ? undefined : judged(negative, negative.value, negative.spec.text);
  },
});

/** The code takes away the coefficient where the declared loss takes one minus it. */
function bySign({ spec, value }: Evaluation, typed: string, match: Match): Finding {
  return {
    message:
      `the reported ${typed} is ${spec.text} with ${match.departures.join(', ')}: below zero by design, and lower is better. as ` +
      `declared the loss is ${significant(value, 5)}; the gradient is the same.`,
    evidence: [
      { label: 'reported', value: Number(typed) },
      { label: match.spec, value: match.value },
      { label: `${spec.text}, as declared`, value },
    ],
    strength: 0.5,
  };
}

function judged(loss: Evaluation, value: number, what: string): Finding {
  const { spec } = loss;
  const plain = spec.loss.family === 'distribution';
  // Only a target that holds no classes takes cross-entropy below every bound.
  const lowerBound = plain && loss.lowerBound === -Infinity ? 0 : loss.lowerBound;
  const formula = what === spec.text ? 'its formula' : spec.text;
  const evidence = [
    { label: what, value },
    { label: `lowest value of ${spec.text}`, value: lowerBound },
    { label: 'distance to it', value: value - lowerBound, limit: 'at least 0' },
  ];
  // What single precision sums leave.
  const below = value < lowerBound - 1e-5 * Math.max(1, Math.abs(lowerBound));
  if (!below) {
    return {
      message: `${what} is ${significant(value, 5)}; the lowest value of ${formula} on this target is ${significant(lowerBound, 5)}.`,
      evidence,
      strength: 0.2,
    };
  }
  return {
    severity: plain ? 'error' : 'warning',
    title: 'the loss is lower than its formula allows',
    message:
      `${what} is ${significant(value, 5)}, and ${formula} cannot fall below ${significant(lowerBound, 5)} on this target. look at ` +
      'the range of target and prediction, at the sign, and for terms that were not declared.',
    evidence,
    strength: 0.3,
  };
}
