import { type Evidence, type Rule, rule, type Subject } from '../core/index.ts';
import {
  boundaryBands,
  type LikelihoodSums,
  type LossSpread,
  likelihood,
  lossRegions,
  lossSpread,
} from '../measures/index.ts';
import { className } from './_classes.ts';
import { bandShares, lorenzPoints, regionShares } from './_where.ts';
import { percent, plural, significant } from './_words.ts';

const part = 0.01;
const shareLimit = 0.5;
/** Below this mean cross-entropy there is hardly a loss to look for. */
const lossLimit = 0.01;
/** One image of so many, or more, must not carry half of the loss. */
const imageLimit = 4;
/** A class is named whose share of the loss is so many times that of the pixels, and at least a tenth. */
const overweight = 2;
const worthNaming = 0.1;

/** A small part of the pixels decides about the loss. */
export const lossOnFewPixels: Rule = rule({
  id: 'loss-on-few-pixels',
  title: 'a few pixels carry most of the loss',
  severity: 'note',
  explain: {
    test:
      'The hardest 1 % of the valid pixels carry more than half of the cross-entropy, or one of four or more images does, and the ' +
      'mean is at least 0.01, so that there is a loss to speak of. Regions are touching pixels of one class among the hardest ' +
      '1 %; their boxes are [y0, x0, y1, x1] as slices take them (z first for volumes).',
    why:
      'The mean hides where a loss comes from. If it sits on single objects, on one image or along boundaries, then looking there ' +
      'explains more than another epoch: a missing label, a wrong mask, an object that the data hardly ever show.',
    fix: [
      {
        framework: 'PyTorch',
        text: 'F.cross_entropy(..., reduction="none") and look at the boxes named here; fix labels before changing the loss',
      },
      { framework: 'MONAI', text: 'the same; show the loss map beside image and label with matshow3d' },
      { framework: 'Keras', text: 'reduction="none" (None in Keras 3) and look at the boxes named here' },
      { framework: 'mmseg', text: 'OHEMPixelSampler would train on exactly these pixels: check their labels first' },
    ],
    exceptions:
      'A trained network gets most pixels right, so what is left of its loss always sits on few of them; that is no defect.',
  },
  examples: {
    fires: {
      prediction:
        'aaaaaaaaaa\naaaaaaaaaa\nbbbbbbbbbb\nbbbbbbbbbb\nbbbbbbbbbb\nbbbbbbbbbb\nbbbbbbbbbb\nbbbbbbbbbb\nbbbbbbbbbb\nbbbbbbbbbb',
      legend: { a: [3.1, -3], b: [-2.9, 3.2] },
      target:
        '0000000000\n0000100000\n1111111111\n1111111111\n1111111111\n1111111111\n1111111111\n1111111111\n1111111111\n1111111111',
      repeat: [2, 2],
    },
    clear: {
      prediction:
        'aaaaaaaaaa\naaaaaaaaaa\nbbbbbbbbbb\nbbbbbbbbbb\nbbbbbbbbbb\nbbbbbbbbbb\nbbbbbbbbbb\nbbbbbbbbbb\nbbbbbbbbbb\nbbbbbbbbbb',
      legend: { a: [1.1, -1], b: [-0.9, 1.2] },
      target:
        '0000000000\n0000100000\n1111111111\n1111111111\n1111111111\n1111111111\n1111111111\n1111111111\n1111111111\n1111111111',
      repeat: [2, 2],
    },
  },
  looksAt: ['pair'],
  explains: [],
  needs: { spread: lossSpread, likelihood: likelihood({ id: 'log' }), bands: boundaryBands, regions: lossRegions },
  check(values, subject) {
    if (subject.kind === 'multilabel') return { notApplicable: 'classes overlap, so no single class is the true one' };
    const { spread } = values;
    const carried = spread.shareOn(part);
    const image = worstImage(spread);
    const few = carried > shareLimit;
    const sole = image.share > shareLimit && subject.images >= imageLimit;
    const mean = spread.total / spread.pixels;
    if (!(mean >= lossLimit && (few || sole))) return undefined;
    const regions = values.regions(spread.boundOf(part), 3);
    const evidence: Evidence[] = [
      ...lorenzPoints(spread, shareLimit),
      ...(subject.images < imageLimit ? [] : [imageShare(image, spread)]),
      ...classShares(subject, values.likelihood),
      ...bandShares(values.bands),
      ...regionShares(subject, regions, spread.total),
      { label: 'mean cross-entropy', value: mean, limit: lossLimit },
      { label: 'without the hardest 1 %', value: ((1 - carried) * mean) / (1 - part) },
    ];
    return few
      ? {
          message: `1 % of the pixels carry ${percent(carried)} of the cross-entropy of ${significant(mean, 3)}`,
          evidence,
        }
      : {
          title: 'one image carries most of the loss',
          message: `image ${image.index} carries ${percent(image.share)} of the cross-entropy of ${plural(subject.images, 'image')}`,
          evidence,
        };
  },
});

interface ImageShare {
  readonly index: number;
  readonly share: number;
}

function worstImage({ images, total }: LossSpread): ImageShare {
  const shares = images.map((it) => it.total / total);
  const share = Math.max(...shares);
  return { index: shares.indexOf(share), share };
}

function imageShare({ index, share }: ImageShare, { images, pixels }: LossSpread): Evidence {
  return {
    label: `image ${index} of ${images.length} (${percent((images[index]?.pixels ?? 0) / pixels)} of the pixels)`,
    value: 100 * share,
    unit: '% of the loss',
    limit: 100 * shareLimit,
  };
}

/** The classes that lose more than their area explains. */
function classShares(subject: Subject, { byRow, weight, valid }: LikelihoodSums): Evidence[] {
  const all = byRow.reduce((a, b) => a + b, 0);
  return [...byRow].flatMap((loss, row) => {
    const area = (weight[row] ?? 0) / valid;
    if (!(loss / all >= worthNaming && loss / all >= overweight * area)) return [];
    const label = `class ${className(subject, row)} (${percent(area)} of the pixels)`;
    return [{ label, value: (100 * loss) / all, unit: '% of the loss' }];
  });
}
