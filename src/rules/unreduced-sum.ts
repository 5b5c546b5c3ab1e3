import {
  type Circumstances,
  type Evaluation,
  type Finding,
  type Match,
  type Rule,
  rule,
  type Subject,
} from '../core/index.ts';
import { count, listed, significant } from './_words.ts';

/** Ways to leave out a mean, by the id of the formula that they are. */
const sums: Readonly<Record<string, { readonly what: string; readonly factor: string }>> = {
  sum: { what: 'the sum over all pixels', factor: 'the number of valid pixels' },
  'sum-pixels-mean-batch': {
    what: 'the sum over the pixels of an image, averaged over the batch',
    factor: 'the number of valid pixels per image',
  },
  'mean-times-batch': { what: 'the sum over the images of the batch', factor: 'the number of images' },
  'sum-over-classes': { what: 'the sum over the classes', factor: 'the number of classes' },
};

/** The reported value is a sum where a mean was declared. */
export const unreducedSum: Rule = rule({
  id: 'unreduced-sum',
  title: 'the loss was summed, not averaged',
  severity: 'error',
  explain: {
    test:
      'The reported value equals the recomputed mean times the number of pixels, of images, of pixels per image or of classes, ' +
      'to all digits typed, and does not equal the mean itself. Needs --reported.',
    why:
      'A sum grows with the crop and with the batch, and so does its gradient: a learning rate that suits a mean is too high ' +
      'by the same factor, which for a sum over pixels is thousands. In a compound loss the summed term drowns the other, and ' +
      'values from different image sizes cannot be compared.',
    fix: [
      { framework: 'PyTorch', text: 'reduction="mean", or divide by the number of valid pixels' },
      { framework: 'MONAI', text: 'reduction="mean" in the loss' },
      { framework: 'Keras', text: 'reduction="sum_over_batch_size"; a custom loss returns a mean per sample' },
      { framework: 'SMP', text: 'mean over the elements of the loss map; SoftBCEWithLogitsLoss(reduction="mean")' },
      { framework: 'mmseg', text: 'reduction="mean" with avg_non_ignore=True' },
    ],
    exceptions:
      'A sum on purpose, with a learning rate to match: declare it (--loss ce:reduction=sum). Two factors can coincide, such as ' +
      'four classes and four images; then both are listed.',
    seen: [
      'https://github.com/Kulbear/ivus-segmentation-icsm2018/issues/3',
      'https://github.com/pytorch/pytorch/issues/1249',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'ce', '--reported', '3.02979'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\n011',
      args: ['--loss', 'ce', '--reported', '0.336643'],
    },
  },
  looksAt: ['pair'],
  explains: [
    '*',
    'exploded-logits',
    'constant-output',
    'single-class-collapse',
    'confidently-wrong',
    'log-aggregation',
    'term-dominates',
  ],
  needs: {},
  check(_, subject, circumstances) {
    const { reported, reportedValue, losses } = circumstances;
    const [loss] = losses;
    if (reported === null || reportedValue === null || loss === undefined) {
      return { notApplicable: 'no reported value was given (--reported)' };
    }
    if (reported.verdict === 'too-few-digits')
      return { notApplicable: 'the reported value has too few digits to tell' };
    const [best] = reported.matches;
    const found = reported.matches.filter((it) => it.formula in sums && it.departures.length < 2);
    if (found.length === 0 || reported.matches.some((it) => it.formula === 'declared')) return undefined;
    if (reported.verdict === 'explained' && best !== undefined && !(best.formula in sums)) return undefined;
    return finding(subject, circumstances, loss, found, reportedValue);
  },
});

function finding(
  subject: Subject,
  { reported }: Circumstances,
  loss: Evaluation,
  found: readonly Match[],
  value: number,
): Finding {
  const sure = reported?.verdict === 'explained';
  const ways = found.flatMap((it) => sums[it.formula] ?? []);
  // The match knows the factor exactly, the typed digits do not.
  const factor = (found[0]?.value ?? value) / loss.value;
  const shown =
    Math.abs(factor - Math.round(factor)) < 1e-6 * Math.abs(factor) ? count(factor) : significant(factor, 6);
  const what = listed([...new Set(ways.map((it) => it.what))], 3).replace(' and ', ' or ');
  return {
    ...(sure ? {} : { severity: 'warning' }),
    message:
      `the reported ${significant(value, 6)} is ${what}: ${shown} times the mean, which is ${significant(loss.value, 6)}. a loss ` +
      'should not grow with the image or the batch; reduce it to a mean.',
    evidence: [
      { label: 'reported', value },
      { label: `${loss.spec.text}, mean`, value: loss.value },
      { label: 'reported / mean', value: factor, limit: 1 },
      ...[...new Set(ways.map((it) => it.factor))].map((label) => ({ label: 'which is', value: label })),
      { label: 'images x pixels', value: `${subject.images} x ${count(subject.pixels)}` },
    ],
    effect: { what: 'mean instead of sum', loss: loss.spec.text, before: value, after: loss.value },
    strength: sure ? 0.97 : 0.6,
  };
}
