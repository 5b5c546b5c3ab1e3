import { type Rule, rule } from '../core/index.ts';
import { targetTotals } from '../measures/index.ts';
import { explanation, isReported, reportedNumber, reportedObstacle } from './_reported.ts';
import { count, percent, significant } from './_words.ts';

/** Void pixels that dilute the mean. */
export const ignoredInDenominator: Rule = rule({
  id: 'ignored-in-denominator',
  title: 'ignored pixels take part in the loss',
  severity: 'warning',
  explain: {
    test:
      'The reported value is not the loss over the valid pixels, but that loss divided by all pixels, ignored ones included, or the ' +
      'loss with the ignored pixels as a class, to all digits typed. Needs --reported.',
    why:
      'A mask sets the loss of void pixels to 0, and a mean over everything then divides by them as well. Images with much void ' +
      'weigh less, the value falls with the share of void, and the effective learning rate with it. If void counts as a class ' +
      'instead, the network is trained to predict it.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'ignore_index with reduction="mean"; with a mask: (loss * mask).sum() / mask.sum()',
      },
      { framework: 'MONAI', text: 'MaskedLoss, or mask before the mean and divide by the mask' },
      {
        framework: 'SMP',
        text: 'its focal and cross-entropy losses divide by all pixels; take the sum and divide yourself',
      },
      { framework: 'Keras', text: 'tf.reduce_sum(loss * w) / tf.reduce_sum(w); sample_weight alone divides by all' },
      { framework: 'mmseg', text: 'avg_non_ignore=True' },
    ],
    exceptions:
      'mmseg without avg_non_ignore does so by design; declare it with count=all where the loss has that option. With little void ' +
      'the two values agree to the digits typed, and nothing can be told.',
    seen: [
      'https://github.com/open-mmlab/mmsegmentation/issues/546',
      'https://github.com/open-mmlab/mmsegmentation/issues/886',
      'https://github.com/ethz-asl/background_foreground_segmentation/issues/25',
    ],
  },
  examples: {
    fires: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\nv11',
      labels: { v: 255 },
      args: ['--loss', 'ce', '--ignore-index', '255', '--reported', '0.0904741'],
    },
    clear: {
      prediction: 'aab\nabb\nbbb',
      legend: { a: [2.1, -0.4], b: [-1.2, 0.9] },
      target: '001\n011\nv11',
      labels: { v: 255 },
      args: ['--loss', 'ce', '--ignore-index', '255', '--reported', '0.101783'],
    },
  },
  looksAt: ['pair'],
  explains: ['convention-variant'],
  needs: { totals: targetTotals },
  check({ totals }, subject, circumstances) {
    const obstacle = reportedObstacle(circumstances);
    const typed = reportedNumber(circumstances);
    const [loss] = circumstances.losses;
    if (obstacle !== null || typed === null || loss === undefined) return obstacle ?? undefined;
    const sum = (of: Float64Array): number => of.reduce((a, b) => a + b, 0);
    const [valid, ignored] = [sum(totals.valid), sum(totals.ignored)];
    if (ignored === 0) return { notApplicable: 'no pixel is ignored' };
    const diluted = (loss.value * valid) / (valid + ignored);
    if (isReported(loss.value, typed, subject) && isReported(diluted, typed, subject)) {
      return { notApplicable: 'so few pixels are ignored that the digits of the reported value cannot tell' };
    }
    const match = explanation(circumstances, ['ignored-in-denominator', 'ignore-not-applied']);
    if (match === null) return undefined;
    const how =
      match.formula === 'ignored-in-denominator'
        ? 'divided by all pixels, ignored ones included'
        : match.departures.join(', ');
    return {
      message:
        `the reported ${typed.text} is the loss ${how}; over the ${percent(valid / (valid + ignored))} that are valid it is ` +
        `${significant(loss.value, 6)}. divide by the valid pixels only.`,
      evidence: [
        { label: 'reported', value: typed.value },
        { label: `${loss.spec.text} over the valid pixels`, value: loss.value },
        { label: 'valid pixels', value: count(valid) },
        { label: 'ignored pixels', value: count(ignored) },
        { label: 'reported / over the valid pixels', value: typed.value / loss.value, limit: 1 },
      ],
      effect: { what: 'over the valid pixels only', loss: loss.spec.text, before: typed.value, after: loss.value },
      strength: 0.7,
    };
  },
});
