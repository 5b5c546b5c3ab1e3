import type { Formula } from '../core/index.ts';

/** Another bound under the logarithm. */
export const clamp: Formula = {
  id: 'clamp',
  title: 'logarithm bounded differently',
  about:
    'Probabilities are clipped at 1e-7 (Keras) or 1e-6, the logarithm is cut off at -100 (torch BCELoss), or neither.',
  formula: 'share of saturated pixels times 16.118 or 100',
  suppose: ({ spec, wired }) => {
    if (!('log-floor' in spec.options) || wired.logs !== 'rounded') return [];
    const unbounded = spec.loss.options['log-floor']?.default === null ? null : -Infinity;
    return usual
      .map(([clip, floor, departure]) => [clip, floor ?? unbounded, departure] as const)
      .filter(([clip, floor]) => clip !== spec.options.clip || floor !== spec.options['log-floor'])
      .map(([clip, floor, departure]) => ({ departures: [departure], options: { clip, 'log-floor': floor } }));
  },
  constants: () => [
    { value: -Math.log(1e-7), what: 'every pixel at the clip of Keras, 1e-7' },
    { value: -Math.log(2 ** -23), what: 'every pixel at the other clip of Keras, 1 - 1e-7 in single precision' },
    { value: 100, what: 'every pixel at the floor of torch BCELoss' },
  ],
};

const usual: readonly (readonly [number, number | null, string])[] = [
  [0, null, 'no bound under the logarithm'],
  [0, -100, 'logarithm cut off at -100 (torch BCELoss)'],
  [1e-7, null, 'probabilities clipped at 1e-7 (Keras)'],
  [1e-6, null, 'probabilities clipped at 1e-6'],
];
