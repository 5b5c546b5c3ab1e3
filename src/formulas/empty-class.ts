import type { Formula } from '../core/index.ts';

/** Another convention for classes without pixels. */
export const emptyClass: Formula = {
  id: 'empty-class',
  title: 'classes without pixels',
  about: 'A class that is absent from an image counts as the formula gives it, as a loss of 0, or not at all.',
  formula: 'D of a class with sum g = 0: s / (sum p + s), 1, or left out',
  suppose: ({ spec }) => {
    if (!('absent' in spec.options)) return [];
    const words = {
      keep: 'classes without pixels scored like others',
      zero: 'classes without pixels cost nothing but count',
      skip: 'classes without pixels left out',
    };
    return Object.entries(words)
      .filter(([absent]) => absent !== spec.options.absent)
      .map(([absent, departure]) => ({ departures: [departure], options: { absent } }));
  },
};
