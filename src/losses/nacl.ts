import { type Loss, loss } from '../core/index.ts';
import { imageLabels, likelihood, nearness } from '../measures/index.ts';

const options = {
  alpha: { type: 'number', default: 0.1, min: 0, about: 'weight of the distance between scores and class shares' },
  kernel: {
    type: 'number',
    default: 3,
    min: 1,
    max: 99,
    about: 'pixels along a side of the box in which classes are counted',
  },
  distance: { type: 'choice', default: 'l1', choices: ['l1', 'l2'], about: 'absolute or squared distance' },
} as const;

const curve = { id: 'log' } as const;

/** Cross-entropy with scores held near the class shares of the neighbourhood. */
export const nacl: Loss = loss({
  id: 'nacl',
  title: 'neighbour-aware calibration loss',
  family: 'distribution',
  formula: 'L = mean_i l_i + alpha mean_ic |z_ic - u_ic|,  u the share of class c in the box around pixel i',
  about:
    'Cross-entropy plus the distance of the raw scores, whatever their size, from class shares between 0 and 1, so that it never reaches 0. ' +
    'Outside the picture no class is counted. From stored probabilities the scores are taken to be ln p.',
  when: 'the probabilities must be calibrated near class boundaries',
  source: 'Murugesan et al. 2023, arXiv 2303.06268; MONAI NACLLoss',
  options,
  from: 'logits',
  kinds: ['exclusive'],
  weighted: false,
  activation: () => 'softmax',
  measures: (o) => ({
    pixels: likelihood(curve),
    distances: nearness(o.kernel, powerOf(o)),
    labels: imageLabels,
  }),
  value: ({ pixels, distances }, o, subject) => {
    const each = [...distances].map(
      (sum, c) => (pixels.byRow[c] ?? 0) + (o.alpha === 0 ? 0 : (o.alpha * sum) / subject.channels),
    );
    return {
      value: each.reduce((a, b) => a + b, 0) / pixels.valid,
      perClass: each.map((sum) => sum / (pixels.valid || Number.NaN)),
      contributions: each,
    };
  },
  gradient: ({ pixels, labels }, o, subject) => {
    if (pixels.valid === 0) return [];
    const weights = new Float64Array(subject.rows).fill(1 / pixels.valid);
    const factor = o.alpha / (pixels.valid * subject.channels);
    const { spatial } = subject;
    return [
      { kind: 'likelihood', curve, weights },
      { kind: 'nearness', labels, spatial, size: o.kernel, power: powerOf(o), factor },
    ];
  },
  // The two halves pull against each other: neither is negative, and that is all that is said.
  infimum: (_, o) => (o.alpha === 0 ? null : 0),
});

function powerOf(o: { distance: string }): number {
  return o.distance === 'l1' ? 1 : 2;
}
