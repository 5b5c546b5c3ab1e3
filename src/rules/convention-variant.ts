import { type Rule, rule } from '../core/index.ts';
import { explanation, reportedNumber, reportedObstacle } from './_reported.ts';
import { significant } from './_words.ts';

/** Formulas that are the same loss by name under another convention. */
const variants = [
  'bce-per-channel',
  'dice-complement',
  'dice-no-background',
  'dice-smooth',
  'dice-squared',
  'dice-transformed',
  'empty-class',
  'focal-alpha',
  'focal-gamma',
  'jaccard',
  'label-smoothing',
  'log10',
  'log2',
  'mean-over-classes-too',
  'negated-dice',
  'pos-weight',
  'tversky-swapped',
];

/** Another convention under the same name. */
export const conventionVariant: Rule = rule({
  id: 'convention-variant',
  title: 'the code uses another convention of this loss',
  severity: 'note',
  explain: {
    test:
      'The reported value is not the declared loss but another published convention of it, to all digits typed: Tversky with its ' +
      'two weights swapped, focal alpha on both classes or exchanged with gamma, squared denominators, Jaccard for Dice, label ' +
      'smoothing, another logarithm. Needs --reported.',
    why:
      'Loss names are shared by formulas that differ: alpha and beta of Tversky stand for opposite errors in different libraries, ' +
      'V-Net squares the denominator of Dice, focal alpha is complemented or not. A swapped pair punishes the wrong kind of ' +
      'mistake and still goes down.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'pass arguments by name; lossprobe dialects shows what each library makes of the name',
      },
      { framework: 'MONAI', text: 'TverskyLoss: alpha weighs false positives, beta false negatives' },
      { framework: 'Keras', text: 'Tversky had its coefficients swapped until a fix of 2026: check the version' },
      { framework: 'SMP', text: 'the alpha of FocalLoss belongs to the positive side, 1 - alpha to the negative' },
    ],
    exceptions: 'The convention is meant, and only --loss says something else: declare it.',
    seen: [
      'https://github.com/keras-team/keras/pull/23333',
      'https://github.com/FluxML/Flux.jl/issues/1993',
      'https://github.com/ivadomed/ivadomed/pull/256',
      'https://github.com/qubvel/segmentation_models/issues/258',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-1.4], b: [0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'dice', '--reported', '0.127679'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [-1.4], b: [0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'dice:squared=vnet', '--reported', '0.127679'],
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: {},
  check(_values, _subject, circumstances) {
    const obstacle = reportedObstacle(circumstances);
    const typed = reportedNumber(circumstances);
    const [loss] = circumstances.losses;
    if (obstacle !== null || typed === null || loss === undefined) return obstacle ?? undefined;
    const match = explanation(circumstances, variants);
    if (match === null) return undefined;
    return {
      message:
        `${match.departures.join(', ')} gives the reported ${typed.text}; ${loss.spec.text} as declared is ` +
        `${significant(loss.value, 6)}. see which of the two is meant.`,
      evidence: [
        { label: 'reported', value: typed.value },
        { label: match.spec, value: match.value },
        { label: `${loss.spec.text}, as declared`, value: loss.value },
      ],
      strength: 0.4,
    };
  },
});
