import { type Rule, rule } from '../core/index.ts';
import { boundaryBands, confusion, likelihood, lossSpread } from '../measures/index.ts';
import { bandShares } from './_where.ts';
import { percent } from './_words.ts';

const reach = 3;
const lossLimit = 0.6;
const pixelLimit = 0.25;
const meanLimit = 0.01;
/** Classes of which less is found are missed, not drawn badly. */
const foundLimit = 0.5;

/** The network is right but for the outlines. */
export const boundaryErrors: Rule = rule({
  id: 'boundary-errors',
  title: 'most of the loss lies along the boundaries',
  severity: 'note',
  explain: {
    test:
      'More than 60 % of the cross-entropy lies within 3 px of a boundary between two labels (ignored regions included), on less ' +
      'than 25 % of the valid pixels; classes with a recall of 0.5 or more carry most of it, and the mean is at least 0.01. A class that is ' +
      'missed altogether is no matter of boundaries.',
    why:
      'Objects are found and their outlines are not. Outlines are where annotators disagree, where resampling blurs and where a ' +
      'stride of the network costs detail, so part of this loss cannot be learned away; a mean over pixels does not say so.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'a loss that knows distances (lossprobe losses --loss dpce, boundary), or a void margin of 1-2 px around objects',
      },
      { framework: 'MONAI', text: 'HausdorffDTLoss beside DiceCELoss; nearest-neighbour resampling of labels' },
      { framework: 'Keras', text: 'a weight map that grows towards boundaries as sample_weight' },
      { framework: 'nnU-Net', text: 'a finer target spacing, if the images have it' },
      { framework: 'mmseg', text: 'PointRend, or a decoder with a lower output stride; ignore_index on the margin' },
    ],
    exceptions:
      'A well-trained network on large objects always ends here. Thin structures have no inside: there the 25 % are exceeded and the ' +
      'rule stays silent. Outlines that are off by the same few pixels everywhere are a shift of the mask.',
  },
  examples: {
    fires: {
      prediction: `${'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb\n'.repeat(3)}aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb`,
      legend: { a: [2.6, -2.7], b: [-2.5, 2.8] },
      target: `${'00000000000000011111111111111111\n'.repeat(3)}00000000000000011111111111111111`,
      repeat: [4, 1],
    },
    clear: {
      prediction: `${'aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb\n'.repeat(3)}aaaaaaaaaaaaaaaabbbbbbbbbbbbbbbb`,
      legend: { a: [2.6, -2.7], b: [-2.5, 2.8] },
      target: `${'00000000000000001111111111111111\n'.repeat(3)}00000000000000001111111111111111`,
      repeat: [4, 1],
    },
  },
  looksAt: ['pair'],
  explains: ['loss-on-few-pixels'],
  needs: { spread: lossSpread, likelihood: likelihood({ id: 'log' }), confusion, bands: boundaryBands },
  check(values, subject) {
    if (subject.kind === 'multilabel') return { notApplicable: 'classes overlap, so that boundaries cross' };
    const { spread } = values;
    // No quarter of the pixels carries more than the hardest quarter: only then are distances worth a look.
    if (!(spread.total / spread.pixels >= meanLimit && spread.shareOn(pixelLimit) > lossLimit)) return undefined;
    const near = values.bands.filter(({ to }) => to <= reach);
    const loss = near.reduce((sum, band) => sum + band.loss, 0);
    const pixels = near.reduce((sum, band) => sum + band.pixels, 0);
    if (!(loss > lossLimit && pixels < pixelLimit)) return undefined;
    const { truth, agreed } = values.confusion;
    const { byRow } = values.likelihood;
    const found = byRow.map((own, row) => ((agreed[row] ?? 0) >= foundLimit * (truth[row] ?? 0) ? own : 0));
    const onFound = sum(found) / sum(byRow);
    if (!(onFound > foundLimit)) return undefined;
    return {
      message: `${percent(loss)} of the loss lies within ${reach} px of a boundary (${percent(pixels)} of the pixels)`,
      evidence: [
        {
          label: `cross-entropy within ${reach} px of a boundary`,
          value: 100 * loss,
          unit: '%',
          limit: 100 * lossLimit,
        },
        { label: 'pixels there', value: 100 * pixels, unit: '%', limit: 100 * pixelLimit },
        ...bandShares(values.bands),
        { label: 'cross-entropy on classes that are found', value: 100 * onFound, unit: '%', limit: 100 * foundLimit },
      ],
    };
  },
});

function sum(values: Float64Array): number {
  return values.reduce((a, b) => a + b, 0);
}
