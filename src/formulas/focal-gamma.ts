import type { Formula } from '../core/index.ts';

/** Another focusing exponent. */
export const focalGamma: Formula = {
  id: 'focal-gamma',
  title: 'focal exponent',
  about: 'The usual exponents are tried: 0.5, 1, 1.5, 2, 3 and 5; 0 is plain cross-entropy.',
  formula: 'mean (1 - p)^gamma (-ln p)',
  suppose: ({ spec }) => {
    const { id } = spec.loss;
    if (id === 'focal') {
      return [0, ...exponents]
        .filter((gamma) => gamma !== spec.options.gamma)
        .map((gamma) => ({ departures: [`gamma ${gamma}`], options: { gamma } }));
    }
    if (!['ce', 'weighted-ce', 'bce', 'bce-logits'].includes(id)) return [];
    return exponents.map((gamma) => ({ departures: [`focal loss with gamma ${gamma}`], loss: `focal:gamma=${gamma}` }));
  },
};

const exponents = [0.5, 1, 1.5, 2, 3, 5];
