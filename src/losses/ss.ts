import { type Loss, type LossValue, loss, type Subject } from '../core/index.ts';
import { cells, type OverlapSums, overlap } from '../measures/index.ts';
import { type CellLoss, classRows, coefficients, perChannel } from './_region.ts';
import { background, batch } from './_vocabulary.ts';

const options = {
  r: {
    type: 'number',
    default: 0.05,
    min: 0,
    max: 1,
    about: 'weight of the error on the object (sensitivity); 1 - r goes to the error elsewhere (specificity)',
  },
  smooth: { type: 'number', default: 1e-5, min: 0, about: 'added to both denominators' },
  batch,
  background,
  classes: { type: 'choice', default: 'mean', choices: ['mean', 'sum'], about: 'mean or sum over the class scores' },
} as const;

type Options = { r: number; smooth: number; batch: boolean; background: boolean; classes: string };

/** Sensitivity-specificity loss. */
export const ss: Loss = loss({
  id: 'ss',
  title: 'sensitivity-specificity loss',
  family: 'region',
  formula: 'L_c = r sum (g-p)^2 g / (sum g + s) + (1 - r) sum (g-p)^2 (1-g) / (sum (1-g) + s)',
  about:
    'Mean squared error on the object and elsewhere, weighed against each other. Some libraries name the two parts the ' +
    'wrong way round; the value is the same.',
  when: 'few foreground pixels and false negatives are dear; raise r to find more of the object',
  source: 'Brosch et al. 2015 (MICCAI); NiftyNet, SegLoss SSLoss',
  options,
  from: 'auto',
  kinds: ['binary', 'exclusive', 'multilabel'],
  weighted: false,
  measures: () => ({ sums: overlap }),
  value: ({ sums }, o, subject) => summary(scores(sums, o), o, subject),
  gradient: ({ sums }, o) => {
    const parts = scores(sums, o);
    const factor = o.classes === 'sum' ? 1 / groups(sums, o) : 1 / parts.length;
    return [{ kind: 'region', coefficients: coefficients(sums, parts, () => factor) }];
  },
});

function groups(sums: OverlapSums, o: Options): number {
  return o.batch ? 1 : sums.images;
}

function scores(sums: OverlapSums, o: Options): CellLoss[] {
  return cells(sums, o.batch, o.background).map((cell) => {
    const object = cell.sum(sums.g) + o.smooth;
    const rest = cell.images.reduce((n, image) => n + (sums.valid[image] ?? 0), 0) - cell.sum(sums.g) + o.smooth;
    // A weight of 0 switches its side off, whatever that side is divided by.
    const [a, b] = [o.r === 0 ? 0 : o.r / object, o.r === 1 ? 0 : (1 - o.r) / rest];
    return {
      cell,
      value: a * cell.sum(sums.errorIn) + b * cell.sum(sums.errorOut),
      // d (g-p)^2 g = 2 (p g - g^2), d (g-p)^2 (1-g) = 2 (p (1-g) - g (1-g)), with 1 = g + (1-g). A side without pixels
      // or smoothing is 0/0 in the gradient too: 0 times an infinite factor.
      slope: [0 * b - 2 * a, -2 * b, 0 * a, 2 * a, 2 * (a + b), 2 * b],
    };
  });
}

function summary(parts: readonly CellLoss[], o: Options, subject: Subject): LossValue {
  const sum = parts.reduce((total, part) => total + part.value, 0);
  const classes = new Set(parts.map((part) => part.cell.channel)).size;
  const perClass = perChannel(parts, subject.channels);
  return {
    value: o.classes === 'sum' ? sum / (parts.length / classes) : sum / parts.length,
    perClass: classRows(perClass, subject),
    contributions: subject.kind === 'binary' ? null : perClass.map((value) => value ?? 0),
  };
}
