import type { Formula } from '../core/index.ts';

/** Sums over the batch instead of per image, or the reverse. */
export const dicePerSample: Formula = {
  id: 'dice-per-sample',
  title: 'overlap per image or over the batch',
  about: 'The sums of an overlap run over each image, or over the whole batch before the ratio is taken.',
  formula: 'mean_n D_n against D of the batch',
  suppose: ({ spec, subject }) => {
    if (subject.images === 1 || !('batch' in spec.options)) return [];
    const batch = spec.options.batch !== true;
    return [
      {
        departures: [batch ? 'sums over the batch, not per image' : 'per image, not over the batch'],
        options: { batch },
      },
    ];
  },
};
