import { chanceMatches, type Evaluation, type Finding, type Rule, rule } from '../core/index.ts';
import { explanation, isReported, reportedNumber, reportedObstacle } from './_reported.ts';
import { count, significant } from './_words.ts';

/** Formulas that are a slip of the log rather than of the loss. */
const slips = ['batch-aggregation', 'accumulated-over-steps', 'divided-by-accumulation', 'amp-scaled'];

const chanceLimit = 0.01;
const decays = [0.9, 0.95, 0.98, 0.99];

/** The log shows something else than the mean. */
export const logAggregation: Rule = rule({
  id: 'log-aggregation',
  title: 'the log aggregates the loss in another way',
  severity: 'note',
  explain: {
    test:
      'The reported value is no formula of the batch, but to all digits typed an aggregate of the losses of its images: their mean ' +
      'or sum, one of them, a mean over batches of which the last is short, an exponential average, or total / i + 1. Also where it ' +
      'is the loss divided or multiplied on its way to the log. Needs --reported and several images.',
    why:
      'Losses are added up, averaged and smoothed in the training loop, where a slip changes the number and not the training: the ' +
      'last batch printed for the epoch, a short last batch that counts like a full one, a missing pair of brackets. Curves of two ' +
      'programs then differ although their losses do not.',
    fix: [
      { framework: 'PyTorch', text: 'total += loss.item() * n; count += n; print(total / count)' },
      {
        framework: 'MONAI',
        text: 'the same; MetricLogger and StatsHandler print the last batch unless told otherwise',
      },
      {
        framework: 'Keras',
        text: 'it shows a running mean over the batches, regularisers included; evaluate() gives the plain loss',
      },
      { framework: 'nnU-Net', text: 'it shows an exponential average of Dice; the plain values are in the log file' },
    ],
    exceptions: 'Values from training steps, with augmentation or dropout, are of other arrays and match nothing here.',
    seen: [
      'https://github.com/lucidrains/med-seg-diff-pytorch/pull/17',
      'https://github.com/creafz/pytorch-cnn-finetune/issues/1',
      'https://github.com/milesial/Pytorch-UNet/issues/56',
    ],
  },
  examples: {
    fires: {
      prediction: 'aabb\nabbb\naaab\naabb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '0011\n0011\n0001\n0111',
      images: 2,
      args: ['--loss', 'ce', '--reported', '0.405126'],
    },
    clear: {
      prediction: 'aabb\nabbb\naaab\naabb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '0011\n0011\n0001\n0111',
      images: 2,
      args: ['--loss', 'ce', '--reported', '1.2345'],
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: {},
  check(_values, subject, circumstances) {
    const obstacle = reportedObstacle(circumstances);
    const typed = reportedNumber(circumstances);
    const [loss] = circumstances.losses;
    if (obstacle !== null || typed === null || loss === undefined) return obstacle ?? undefined;
    const slip = explanation(circumstances, slips);
    if (slip !== null) return finding(typed.text, slip.departures.join(', '), slip.value, loss, []);
    if (subject.images === 1) return { notApplicable: 'there is one image only' };
    if (circumstances.reported?.verdict !== 'unexplained') return undefined;
    const items = circumstances.perImage({ spec: loss.spec, view: loss.wired });
    const ways = aggregates(items);
    if (!(chanceMatches(typed, ways.length, subject.prediction.dtype) <= chanceLimit)) {
      return { notApplicable: 'the reported value has too few digits to tell' };
    }
    const match = ways.find(({ value }) => isReported(value, typed, subject));
    return match === undefined ? undefined : finding(typed.text, match.words, match.value, loss, items);
  },
});

interface Aggregate {
  readonly words: string;
  readonly value: number;
}

/** What a training loop may make of the losses l_0 to l_(n-1) of a run of batches. */
function aggregates(items: readonly number[]): Aggregate[] {
  const n = items.length;
  const total = items.reduce((a, b) => a + b, 0);
  const mean = (of: readonly number[]): number => of.reduce((a, b) => a + b, 0) / of.length;
  const batches = (size: number): number[] =>
    Array.from({ length: Math.ceil(n / size) }, (_, k) => mean(items.slice(k * size, (k + 1) * size)));
  const smoothed = (decay: number): number => items.reduce((average, own) => decay * average + (1 - decay) * own);
  return [
    { words: 'the mean over the images, each of them averaged alone', value: total / n },
    { words: 'the sum over the images', value: total },
    { words: 'the loss of the last image alone', value: items.at(-1) ?? Number.NaN },
    { words: 'the loss of the first image alone', value: items[0] ?? Number.NaN },
    { words: 'total / i + 1 instead of total / (i + 1)', value: total / (n - 1) + 1 },
    { words: 'the total divided by the last index, one too few', value: total / (n - 1) },
    ...[2, 4, 8, 16, 32]
      .filter((size) => size < n && n % size !== 0)
      .map((size) => ({
        words: `the mean over batches of ${size}, the short last one counted like the others`,
        value: mean(batches(size)),
      })),
    ...decays.map((decay) => ({
      words: `an exponential average over the images, decay ${decay}`,
      value: smoothed(decay),
    })),
  ];
}

function finding(text: string, words: string, value: number, loss: Evaluation, items: readonly number[]): Finding {
  return {
    message:
      `the reported ${text} is ${words}; ${loss.spec.text} over the whole batch is ${significant(loss.value, 6)}. add up ` +
      'loss x images and divide by the images once, at the end.',
    evidence: [
      { label: words, value },
      { label: `${loss.spec.text} over the whole batch`, value: loss.value },
      ...items.slice(0, 8).map((item, k) => ({ label: `image ${count(k)}`, value: item })),
    ],
    strength: 0.3,
  };
}
